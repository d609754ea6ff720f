import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insightsProducts } from "./insights-products";

/** What the endpoint makes of a fixture's `data`. */
function parseFixture(name: string) {
  const text = readFileSync(path.join(import.meta.dirname, "../fixtures", name), "utf8");
  return insightsProducts.parse(JSON.parse(text).data);
}

const firstRow = (name: string) => parseFixture(name)?.rows[0];

describe("toQuery", () => {
  const plain = { region: "US", window: "7", page: 1 };

  test("a question without category and keyword says FALSE for the search and leaves the category out", () => {
    expect(insightsProducts.toQuery(plain)).toEqual({
      search_keyword: "FALSE",
      page: "1",
      limit: "20",
      time_scope: "7",
      region: "US",
    });
  });

  test("category and keyword are sent when they are given", () => {
    expect(
      insightsProducts.toQuery({
        region: "all_regions",
        window: "2026-10",
        category: "601583",
        q: " perfume ",
        page: 25,
      }),
    ).toEqual({
      search_keyword: "perfume",
      page: "25",
      limit: "20",
      time_scope: "2026-10",
      region: "all_regions",
      ecom_category_id: "601583",
    });
  });

  test.each([undefined, null, "", "   ", "false", "FALSE", " False "])("keyword %j is no search", (q) => {
    expect(insightsProducts.toQuery({ ...plain, q }).search_keyword).toBe("FALSE");
  });

  test("no keyword is ever sent as an empty text or as another spelling of false", () => {
    fc.assert(
      fc.property(fc.anything(), (q) => {
        const { search_keyword } = insightsProducts.toQuery({ ...plain, q: q as string });
        expect(search_keyword).toMatch(/\S/);
        expect(search_keyword === "FALSE" || !/^false$/i.test(search_keyword ?? "")).toBe(true);
      }),
    );
  });

  test("every value that is sent is a text", () => {
    fc.assert(
      fc.property(fc.option(fc.string()), fc.option(fc.string()), fc.nat(), (q, category, page) => {
        const query = insightsProducts.toQuery({ ...plain, q, category, page });
        expect(Object.values(query).every((value) => typeof value === "string")).toBe(true);
      }),
    );
  });
});

describe("parse", () => {
  test("a page as documented comes out in our names and units", () => {
    const page = parseFixture("normal.json");
    expect(page).toMatchObject({ total: 240, hasMore: true });
    expect(page?.rows).toHaveLength(2);
    expect(page?.rows[0]).toEqual({
      place: 1,
      categoryId: "910111",
      parentId: "910101",
      topId: "700645",
      topName: "Health",
      parentName: "Sleep & Rest",
      categoryName: "Eye Masks",
      posts: 8740,
      postsChangePct: -3.4,
      impressions: 15_300_000,
      ctrPct: 1.42,
      cvrPct: 4.06,
      sixSecondViewRatePct: 9.13,
      cost: 31_600,
      cpa: 6.27,
      likes: 27_315,
      comments: 884,
      shares: 412,
    });
    expect(page?.rows[1]).toMatchObject({ place: 2, categoryId: "910112", cvrPct: 0, cpa: 0 });
  });

  test("no rows are an answer", () => {
    expect(parseFixture("empty-list.json")).toEqual({ total: 0, hasMore: false, rows: [] });
  });

  test.each(["pagination-missing.json", "pagination-null.json"])("%s: paging unknown, rows kept", (name) => {
    expect(parseFixture(name)).toMatchObject({ total: null, hasMore: null, rows: [{ categoryId: "910111" }] });
  });

  test("numbers as texts are numbers, and texts around a number are none", () => {
    expect(parseFixture("numbers-as-text.json")).toMatchObject({ total: 240, hasMore: true });
    expect(firstRow("numbers-as-text.json")).toMatchObject({
      posts: 8740,
      postsChangePct: -3.4,
      impressions: 15_300_000,
      ctrPct: 1.42,
      cost: 31_600,
      comments: 884,
      sixSecondViewRatePct: null,
      cpa: null,
      likes: null,
      shares: null,
    });
  });

  test("ids as numbers are texts of digits", () => {
    expect(firstRow("ids-as-numbers.json")).toMatchObject({
      categoryId: "910111",
      parentId: "910101",
      topId: "700645",
    });
  });

  test("null categories leave the figures", () => {
    expect(firstRow("categories-null.json")).toMatchObject({ categoryId: null, topName: null, posts: 8740 });
    expect(firstRow("categories-partly-null.json")).toMatchObject({
      categoryId: "910111",
      categoryName: "Eye Masks",
      parentId: "910101",
      parentName: null,
      topId: null,
    });
  });

  test("names lose their TAB, NUL and broken characters", () => {
    expect(firstRow("names-with-tab.json")).toMatchObject({
      categoryName: "Eye Masks",
      parentName: "Sleep & Rest",
      topName: "Health\ufffd",
    });
  });

  test("figures out of range are missing, not zero", () => {
    expect(parseFixture("out-of-range.json")).toMatchObject({ total: null, hasMore: true });
    expect(firstRow("out-of-range.json")).toMatchObject({
      posts: null,
      impressions: null,
      ctrPct: null,
      likes: 27_315,
      postsChangePct: -100,
    });
    expect(firstRow("infinite.txt")).toMatchObject({ posts: null, comments: 884 });
  });

  test("an unreadable row keeps its place, so that no other moves up", () => {
    const page = parseFixture("row-unreadable.json");
    expect(page?.rows.map((row) => [row.place, row.categoryId])).toEqual([
      [1, "910111"],
      [2, null],
      [3, "910112"],
    ]);
  });

  test.each(["list-not-array.json", "rows-unreadable.json", "data-null.json", "nested-50004.json"])(
    "%s cannot be read",
    (name) => {
      expect(parseFixture(name)).toBeNull();
    },
  );

  test("paging that contradicts itself is passed on, except for a promise after an empty page", () => {
    expect(parseFixture("has-more-after-empty.json")).toEqual({ total: 500, hasMore: false, rows: [] });
    expect(parseFixture("has-more-false-too-early.json")).toMatchObject({ total: 500, hasMore: false });
  });

  test("rows beyond the size of a page are left out, as their places belong to the next page", () => {
    const list = Array.from({ length: 25 }, (_, index) => ({ post: index }));
    expect(insightsProducts.parse({ list })?.rows.map((row) => row.posts)).toEqual([...Array(20).keys()]);
  });

  test("it never throws, whatever JSON comes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, item) => {
        insightsProducts.parse(value);
        insightsProducts.parse({ list: [item, { post: 1, third_ecom_category: item }], pagination: value });
      }),
    );
  });
});
