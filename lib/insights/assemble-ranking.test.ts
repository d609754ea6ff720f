import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankingPage } from "@/lib/testing/rankings";
import { assembleRanking } from "./assemble-ranking";

const at = (hours: number) => new Date(Date.UTC(2026, 10, 20) + hours * 3_600_000).toISOString();
const full = (page: number) => Array.from({ length: 20 }, (_, index) => `${(page - 1) * 20 + index + 1}`);

describe("a ranking over several pages", () => {
  test("keeps every row where its page had it", () => {
    const { rows, reach, holes, whole } = assembleRanking([rankingPage(2, ["b"]), rankingPage(1, full(1))], 2);
    expect(rows.map(({ position }) => position)).toEqual([...full(1).map(Number), 21]);
    expect({ reach, holes, whole }).toEqual({ reach: 2, holes: [], whole: false });
  });

  test("says which pages are missing, and none behind the end", () => {
    const ranking = assembleRanking(
      [rankingPage(1, full(1), { total: 70 }), rankingPage(3, full(3), { total: 70 })],
      25,
    );
    expect(ranking).toMatchObject({ holes: [2, 4], reach: 1, whole: false, total: 70 });
    expect(assembleRanking([], 3)).toMatchObject({ holes: [1, 2, 3], reach: 0, whole: false, rows: [], total: null });
  });

  test("marks a page that is hours older than the newest one, and not the minutes that a run takes", () => {
    const [one, two, three] = [5, 2, 4.95].map((hours, index) => rankingPage(index + 1, [], { fetchedAt: at(hours) }));
    if (!one || !two || !three) throw new Error("three pages");
    expect(assembleRanking([one, two, three], 3).older).toEqual([{ page: 2, newestPage: 1, byMs: 3 * 3_600_000 }]);
  });

  test("marks a category that stands on two pages", () => {
    const { duplicates, rows } = assembleRanking([rankingPage(1, ["a", "b"]), rankingPage(2, ["b", "c"])], 2);
    expect(duplicates).toEqual([{ categoryId: "b", positions: [2, 21] }]);
    expect(rows).toHaveLength(4);
  });

  test("is whole when its last page is the ranking's end", () => {
    expect(assembleRanking([rankingPage(1, ["a"], { total: 7 })], 25)).toMatchObject({ whole: true, holes: [] });
    const unknown = { total: null, hasMore: false };
    expect(assembleRanking([rankingPage(1, ["a"], unknown)], 25)).toMatchObject({ whole: true, reach: 1, holes: [] });
  });

  test("has each wanted page either there or among the holes", () => {
    const pages = fc.uniqueArray(fc.integer({ min: 1, max: 25 }));
    fc.assert(
      fc.property(pages, fc.integer({ min: 1, max: 25 }), fc.integer({ min: 0, max: 500 }), (there, wanted, total) => {
        const ranking = assembleRanking(
          there.map((page) => rankingPage(page, [`${page}`], { total })),
          wanted,
        );
        const end = there.length === 0 ? wanted : Math.min(wanted, Math.max(1, Math.ceil(total / 20)));
        for (let page = 1; page <= end; page++) expect(ranking.holes.includes(page)).toBe(!there.includes(page));
        expect(ranking.holes.every((page) => page <= end)).toBe(true);
        expect(ranking.rows.map(({ position }) => position)).toEqual(
          [...there].sort((a, b) => a - b).map((page) => (page - 1) * 20 + 1),
        );
      }),
    );
  });
});
