import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isThing, parseVisits, type Visit, withVisit } from "./recent";

const visits = fc.array(
  fc.record({
    href: fc
      .tuple(fc.constantFrom("categories", "searches", "watchlists"), fc.integer({ min: 1, max: 9 }), fc.boolean())
      .map(([kind, id, isFiltered]) => `/t/luma/${kind}/${id}${isFiltered ? "?window=7" : ""}`),
    name: fc.string(),
  }),
);

describe("what was looked at last", () => {
  test("is a category, a search or a list, and no page of every navigation", () => {
    expect(["/t/luma/categories/1", "/t/luma/searches/a", "/t/luma/watchlists/a"].every(isThing)).toBe(true);
    expect(["/t/luma", "/t/luma/searches", "/t/luma/categories/1/brief", "/t/luma/alerts/1"].some(isThing)).toBe(false);
  });

  test("stands first, once, as it was last seen, with five more at most", () => {
    fc.assert(
      fc.property(visits, (seen) => {
        const kept = seen.reduce<Visit[]>((before, visit) => withVisit(before, visit), []);
        const paths = kept.map(({ href }) => href.split("?")[0]);
        expect(kept[0]).toEqual(seen.at(-1));
        expect(new Set(paths).size).toBe(paths.length);
        expect(kept.length).toBeLessThanOrEqual(6);
        expect(parseVisits(JSON.stringify(kept), "luma")).toEqual(kept);
      }),
    );
  });

  test("is none of another team, and none where what is kept cannot be read", () => {
    const kept = JSON.stringify([{ href: "/t/luma/searches/1", name: "US" }]);
    expect(parseVisits(kept, "other")).toEqual([]);
    const foreign = [
      { href: "https://example.com/t/luma/searches/1", name: "x" },
      { href: "/t/luma/searches/1" },
      null,
    ];
    expect(parseVisits(JSON.stringify(foreign), "luma")).toEqual([]);
    for (const text of [null, "", "{", "{}", "null", "7"]) expect(parseVisits(text, "luma")).toEqual([]);
  });
});
