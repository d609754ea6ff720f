import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { standingsOf } from "./region-standing";

const at = (region: string, value: number | null, before: number | null = null) => ({ region, value, before });

describe("where a figure stands", () => {
  test("is high above the middle of the countries, rising beyond rounding, and unknown where nothing is known", () => {
    const [us, gb, de, all] = standingsOf("posts", [
      at("US", 1010, 1000),
      at("GB", 5031, 4200),
      at("DE", 3000),
      at("all_regions", 90_000, 80_000),
    ]);
    expect(us).toMatchObject({ isHigh: false, isRising: false, withinRounding: true });
    expect(gb).toMatchObject({ isHigh: true, isRising: true });
    expect(de).toMatchObject({ isHigh: false, isRising: null, change: null });
    expect(all).toMatchObject({ isHigh: null, isRising: true });
  });

  test("of a rank is high where its number is low, and rises in places", () => {
    expect(standingsOf("rank", [at("US", 2, 5), at("GB", 9, 3)])).toMatchObject([
      { isHigh: true, isRising: true, change: 3 },
      { isHigh: false, isRising: false, change: -6 },
    ]);
  });

  test("leaves out a CPA of 0, and of one country alone says nothing", () => {
    expect(standingsOf("cpa", [at("US", 0, 4), at("GB", 5, 5)]).map(({ isHigh }) => isHigh)).toEqual([null, null]);
    expect(standingsOf("cpa", [at("US", 0, 4)])[0]).toMatchObject({ change: null, isRising: null });
  });

  test("never calls more than half of the countries high, and the greatest one low only where all are alike", () => {
    const values = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(values, (given) => {
        const standings = standingsOf(
          "posts",
          given.map((value, index) => at(`R${index}`, value)),
        );
        const high = standings.filter(({ isHigh }) => isHigh).length;
        expect(high).toBeLessThanOrEqual(given.length / 2);
        const middle = [...given].sort((a, b) => a - b)[Math.floor((given.length - 1) / 2)] ?? 0;
        expect(high > 0).toBe(
          standings.some((_, index) => (given[index] ?? 0) > middle) && Math.max(...given) > medianOf(given),
        );
      }),
    );
  });
});

function medianOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2;
}
