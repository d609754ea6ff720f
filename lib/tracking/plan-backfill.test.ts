import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Freshness } from "@/lib/insights/read-freshness";
import { questionSchema } from "@/lib/insights/schemas";
import { rankingPage } from "@/lib/testing/rankings";
import { hasNoMore, type MonthStock, planBackfill } from "./plan-backfill";

const page = (month: string, over: Partial<Freshness> = {}): Freshness => ({
  question: questionSchema.parse({ region: "US", window: month, category: "601583" }),
  fetchedAt: null,
  fresh: false,
  total: null,
  snapshotId: null,
  ...over,
});
const NOW = new Date("2026-11-26T12:00:00Z");
const stored = (total: number, fetchedAt = NOW) => ({ fetchedAt, total, fresh: true, snapshotId: "1" });
const month = (name: string, over: Partial<Freshness> = {}): MonthStock => ({ month: name, pages: [page(name, over)] });
const asked = (stock: MonthStock[]) => planBackfill(stock).map(({ month, credits }) => [month, credits]);

describe("a backfill", () => {
  test("buys what is not fresh, and a closed month that is stored never again", () => {
    expect(asked([month("2026-10", stored(1)), month("2026-09")])).toEqual([
      ["2026-10", 0],
      ["2026-09", 2],
    ]);
  });

  test("asks nothing behind a closed month that the provider had nothing of", () => {
    expect(asked([month("2026-10"), month("2026-06", stored(0)), month("2026-05")])).toEqual([
      ["2026-10", 2],
      ["2026-06", 0],
    ]);
  });

  test("goes on behind a month that was empty while its figures were not out", () => {
    const early = new Date("2026-11-02T12:00:00Z");
    expect(asked([month("2026-11", stored(0)), month("2026-10", stored(0, early)), month("2026-09")])).toEqual([
      ["2026-11", 0],
      ["2026-10", 0],
      ["2026-09", 2],
    ]);
  });

  test("ends with an empty first page of a closed month, and with nothing else", () => {
    const answer = (over: object, rows: string[] = []) => hasNoMore(rankingPage(1, rows, over));
    const june = { fetchedAt: NOW.toISOString(), query: { window: "2026-06" } };
    expect(answer(june)).toBe(true);
    expect(answer(june, ["601583"])).toBe(false);
    expect(hasNoMore(rankingPage(2, [], { ...june, query: { window: "2026-06", page: 2 } }))).toBe(false);
    expect(answer({ fetchedAt: "2026-07-02T00:00:00.000Z", query: { window: "2026-06" } })).toBe(false);
  });

  test("never costs more than every page of every month, and nothing where all is fresh", () => {
    const stock = fc.array(
      fc.record({ total: fc.option(fc.nat(500)), fresh: fc.boolean(), pages: fc.integer({ min: 1, max: 25 }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(stock, (months) => {
        const plans = planBackfill(
          months.map(({ total, fresh, pages }, index) => {
            const name = `2025-${String(12 - index).padStart(2, "0")}`;
            const one = page(name, total === null ? {} : { ...stored(total), fresh });
            return { month: name, pages: Array.from({ length: pages }, () => one) };
          }),
        );
        const credits = plans.reduce((sum, plan) => sum + plan.credits, 0);
        expect(credits).toBeLessThanOrEqual(months.reduce((sum, { pages }) => sum + pages * 2, 0));
        if (months.every(({ total, fresh }) => total !== null && fresh)) expect(credits).toBe(0);
      }),
    );
  });
});
