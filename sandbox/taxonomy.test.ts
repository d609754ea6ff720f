import { expect, test } from "vitest";
import { SEASONS } from "./seasons";
import { CATEGORIES } from "./taxonomy";

const FIRST_LEVELS = `605196 602284 601450 801928 951432 601755 605248 700437 604453 700645 604968 600001 600942 953224
802184 600024 824584 824328 601303 602118 601739 601352 603014 600154 604579 604206 834312 601152`.split(/\s+/);

test("the first levels are the 28 known ones, each with 3 to 7 second levels", () => {
  expect([...new Set(CATEGORIES.map((category) => category.first.id))].sort()).toEqual([...FIRST_LEVELS].sort());
  for (const id of FIRST_LEVELS) {
    const below = CATEGORIES.filter((category) => category.first.id === id);
    const groups = new Set(below.map((category) => category.second.id)).size;
    expect(groups).toBeGreaterThanOrEqual(3);
    expect(groups).toBeLessThanOrEqual(7);
  }
});

test("no id is used twice and each is six digits", () => {
  const ids = [
    ...new Set(CATEGORIES.map((category) => category.first.id)),
    ...new Set(CATEGORIES.map((category) => category.second.id)),
    ...CATEGORIES.map((category) => category.third.id),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^\d{6}$/);
});

test("the path of the vendor's sample keeps its ids", () => {
  expect(CATEGORIES.find((category) => category.third.value === "Perfume")).toMatchObject({
    first: { id: "601450", label: "category_601450", value: "Beauty & Personal Care" },
    second: { id: "848648", label: "category_848648", parent_id: "601450", value: "Makeup & Perfume" },
    third: { id: "601583", label: "category_601583", parent_id: "848648", value: "Perfume" },
    urlTitle: "Perfume",
  });
});

test("each level names its parent, a first level has none, and names are clean", () => {
  for (const { first, second, third, urlTitle, season } of CATEGORIES) {
    expect(first).not.toHaveProperty("parent_id");
    expect(second.parent_id).toBe(first.id);
    expect(third.parent_id).toBe(second.id);
    for (const { id, label, value } of [first, second, third]) {
      expect(value).toMatch(/^[A-Z][A-Za-z0-9&,.' -]*[A-Za-z0-9]$/);
      expect(label).toBe(`category_${id}`);
    }
    expect(urlTitle).toMatch(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/);
    expect(SEASONS).toContain(season);
  }
});

test("invented ids stay the same from release to release", () => {
  const idOf = (name: string) => CATEGORIES.find((category) => category.third.value === name)?.third.id;
  expect(["Wax & Polish", "Air Fryers", "Abayas"].map(idOf)).toEqual(["977694", "977983", "839365"]);
});

test("no name holds the word false, so that a client which sends it as a search finds nothing", () => {
  const names = CATEGORIES.flatMap(({ first, second, third }) => [first.value, second.value, third.value]);
  expect(names.filter((name) => /false/i.test(name))).toEqual([]);
});
