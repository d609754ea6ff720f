import { expect, test } from "vitest";
import { categoryName, isTopCategory, TOP_CATEGORIES, topCategoryName } from "./category-names";

test("all 28 first-level categories have an id of their own and a Chinese name of their own", () => {
  expect(TOP_CATEGORIES).toHaveLength(28);
  for (const part of ["id", "en", "zh"] as const) {
    expect(new Set(TOP_CATEGORIES.map((top) => top[part])).size).toBe(28);
  }
  for (const top of TOP_CATEGORIES) expect(top.zh).toMatch(/^[\u4e00-\u9fff、]+$/);
});

test("a known name is translated, an unknown one stays as it came", () => {
  expect(topCategoryName("Beauty & Personal Care", "zh-CN")).toBe("美妆个护");
  expect(topCategoryName("beauty & personal care ", "zh-CN")).toBe("美妆个护");
  expect(topCategoryName("Brand New Level", "zh-CN")).toBe("Brand New Level");
  expect(topCategoryName("Beauty & Personal Care", "en")).toBe("Beauty & Personal Care");
});

test("an id is named by the first level, else by what was learned, else not at all", () => {
  const learned = [
    { id: "601583", name: "Perfume" },
    { id: "601450", name: "Beauty, as learned" },
  ];
  expect(categoryName("601450", learned, "en")).toBe("Beauty & Personal Care");
  expect(categoryName("601450", learned, "zh-CN")).toBe("美妆个护");
  expect(categoryName("601583", learned, "zh-CN")).toBe("Perfume");
  expect(categoryName("999999", learned, "en")).toBeNull();
  expect(categoryName(undefined, learned, "en")).toBeNull();
  expect([isTopCategory("601450"), isTopCategory("601583")]).toEqual([true, false]);
});
