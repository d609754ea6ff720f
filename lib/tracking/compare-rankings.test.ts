import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assembleRanking } from "@/lib/insights/assemble-ranking";
import type { Snapshot } from "@/lib/insights/schemas";
import { isStep } from "@/lib/insights/within-rounding";
import { rankingPage } from "@/lib/testing/rankings";
import { compareRankings, type RankingSide } from "./compare-rankings";

const THEN = "2026-11-13T10:00:00.000Z";
const NOW = "2026-11-20T10:00:00.000Z";
const question = { region: "US", window: "7", category: null, q: null };

function side(pages: Snapshot[], fetchedAt: string, over: Partial<RankingSide["question"]> = {}): RankingSide {
  const dated = pages.map((page) => ({ ...page, fetchedAt }));
  return { question: { ...question, ...over }, ranking: assembleRanking(dated, 25) };
}
const compared = (before: Snapshot[], after: Snapshot[], then = THEN, now = NOW) => {
  const comparison = compareRankings(side(before, then), side(after, now));
  if (!comparison) throw new Error("They were not compared");
  return comparison;
};
const kinds = ({ changes }: { changes: { categoryId: string; kind: string }[] }) =>
  Object.fromEntries(changes.map(({ categoryId, kind }) => [categoryId, kind]));
/** A page of 20 whose other rows are the same on both sides. */
const filled = (page: number, ...first: string[]) =>
  rankingPage(page, [...first, ...Array.from({ length: 20 - first.length }, (_, index) => `fill-${page}-${index}`)]);
const short = { total: 3, hasMore: false };

describe("what changed between two rankings", () => {
  test("is new, gone, up, down and the same, with the places moved", () => {
    const { changes, whole, notComparable } = compared(
      [rankingPage(1, ["a", "b", "c"], short)],
      [rankingPage(1, ["b", "a", "d"], short)],
    );
    expect(changes.map(({ categoryId, kind, moved }) => [categoryId, kind, moved])).toEqual([
      ["b", "up", 1],
      ["a", "down", -1],
      ["d", "new", null],
      ["c", "gone", null],
    ]);
    expect({ whole, notComparable }).toEqual({ whole: true, notComparable: 0 });
  });

  test("says gone and new only within what both were bought down to", () => {
    const result = compared([filled(1, "a"), filled(2, "deep")], [filled(1, "x")]);
    expect(kinds(result)).toMatchObject({ a: "gone", x: "new" });
    expect(kinds(result)).not.toHaveProperty("deep");
    expect(result).toMatchObject({ rows: 20, whole: false, notComparable: 20 });
  });

  test("says nothing of what may stand on a page in between that was not bought", () => {
    const result = compared([filled(1), filled(2, "a"), filled(3)], [filled(1), filled(3)]);
    expect(kinds(result)).not.toHaveProperty("a");
    expect(result.rows).toBe(20);
  });

  test("is never made across regions, windows, categories or keywords, nor with nothing", () => {
    const page = [rankingPage(1, ["a"], short)];
    for (const over of [{ region: "GB" }, { window: "30" }, { category: "601583" }, { q: "mist" }]) {
      expect(compareRankings(side(page, THEN, over), side(page, NOW))).toBeNull();
    }
    expect(compareRankings(side([], THEN), side(page, NOW))).toBeNull();
  });

  test("marks windows that share days, and one full window back shares none", () => {
    const page = [rankingPage(1, ["a"], short)];
    expect(compared(page, page, "2026-11-19T10:00:00.000Z").overlap).toEqual({ days: 6, of: 7 });
    expect(compared(page, page, "2026-11-13T10:00:01.000Z").overlap).toEqual({ days: 1, of: 7 });
    expect(compared(page, page, THEN).overlap).toBeNull();
    const month = { window: "2026-10" };
    const sides = [side(page, THEN, month), side(page, NOW, month)] as const;
    expect(compareRankings(...sides)).toMatchObject({ overlap: null, sameMonth: true });
  });

  test("has each figure's difference, none where one is missing, and says when the source was not updated", () => {
    const [before, after] = [
      rankingPage(1, [{ categoryId: "a", ctrPct: 5.71, posts: 11_500, cpa: null }], short),
      rankingPage(1, [{ categoryId: "a", ctrPct: 5.72, posts: 12_000, cpa: 4.9 }], short),
    ];
    const result = compared([before], [after]);
    expect(result.changes[0]?.figures).toMatchObject({
      ctrPct: { difference: 0.01, withinRounding: true },
      posts: { difference: 500, withinRounding: false },
      cpa: { before: null, after: 4.9, difference: null, withinRounding: false },
    });
    expect(result.notUpdated).toBe(false);
    expect(compared([before], [before]).notUpdated).toBe(true);
  });

  test.each([
    [11_500, 11_600, true],
    [11_500, 11_700, false],
    [10_000, 11_000, false],
    [9990, 10_000, true],
    [20_000_000, 20_100_000, true],
    [48_452, 48_453, false],
    [873, 874, false],
    [1.83, 1.84, true],
    [1.8, 1.79, true],
    [1.83, 1.85, false],
    [11_500, 11_500, false],
    [0, 100, false],
  ])("from %d to %d is one step of rounding: %s", (was, is, step) => {
    expect([isStep(was, is), isStep(is, was)]).toEqual([step, step]);
  });
});

describe("for any two rankings", () => {
  const categories = fc.uniqueArray(fc.integer({ min: 1, max: 60 }).map(String), { maxLength: 60 });
  const ranking = fc.record({ order: categories, bought: fc.uniqueArray(fc.integer({ min: 1, max: 3 })) });
  const pagesOf = ({ order, bought }: { order: string[]; bought: number[] }) =>
    bought.map((page) => {
      const rows = order.slice((page - 1) * 20, page * 20);
      return rankingPage(page, rows, { total: order.length, hasMore: order.length > page * 20 });
    });

  test("gone is said only of what is nowhere in what both were bought down to, and each category at most once", () => {
    fc.assert(
      fc.property(ranking, ranking, (before, after) => {
        const result = compareRankings(side(pagesOf(before), THEN), side(pagesOf(after), NOW));
        if (!result) return;
        const ids = result.changes.map(({ categoryId }) => categoryId);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { categoryId, kind, moved } of result.changes) {
          const [was, is] = [before.order.indexOf(categoryId), after.order.indexOf(categoryId)];
          // By the whole truth, not only by what was bought: what is called gone does not stand among the first rows.
          if (kind === "gone") expect(is === -1 || is >= result.rows).toBe(true);
          if (kind === "new") expect(was === -1 || was >= result.rows).toBe(true);
          if (result.whole && kind === "gone") expect(is).toBe(-1);
          if (moved !== null) expect(moved).toBe(was - is);
        }
      }),
    );
  });

  test("the other way round, new and gone change places, and so do up and down", () => {
    const TURNED = { new: "gone", gone: "new", up: "down", down: "up", same: "same" } as const;
    fc.assert(
      fc.property(ranking, ranking, (before, after) => {
        const [forth, back] = [
          compareRankings(side(pagesOf(before), THEN), side(pagesOf(after), NOW)),
          compareRankings(side(pagesOf(after), THEN), side(pagesOf(before), NOW)),
        ];
        const turned = forth?.changes.map(({ categoryId, kind }) => [categoryId, TURNED[kind]]).sort();
        expect(turned).toEqual(back?.changes.map(({ categoryId, kind }) => [categoryId, kind]).sort());
      }),
    );
  });
});
