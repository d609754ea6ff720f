import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparable, percentileOf } from "./percentile";

const value = fc.option(fc.integer({ min: -50, max: 50 }), { nil: null });

describe("a percentile", () => {
  test.each([
    [4, [1, 2, 3, 5], "high", 75],
    [4, [1, 2, 3, 5], "low", 25],
    [4, [4, 4], "low", 50],
    [4, [null, 3, null, 5], "high", 50],
    [9, [1, 2], "low", 0],
    [0, [1, 2], "low", 100],
  ] as const)("of %d among %j, looking for %s, is %d", (own, others, look, pct) => {
    expect(percentileOf(own, others, look)).toEqual({ pct, of: others.filter((other) => other !== null).length });
  });

  test("is not there without the value, or when nobody else has one", () => {
    expect(percentileOf(null, [1, 2], "high")).toBeNull();
    expect(percentileOf(1, [], "high")).toBeNull();
    expect(percentileOf(1, [null], "low")).toBeNull();
  });

  test("lies between 0 and 100, and looking for high and for low add up to 100", () => {
    fc.assert(
      fc.property(value, fc.array(value), (own, others) => {
        const [high, low] = [percentileOf(own, others, "high"), percentileOf(own, others, "low")];
        expect(high === null).toBe(low === null);
        if (!high || !low) return;
        expect(high.pct).toBeGreaterThanOrEqual(0);
        expect(high.pct + low.pct).toBeCloseTo(100, 9);
      }),
    );
  });

  test("never falls when the value rises, and does not depend on the order of the others", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), fc.array(fc.integer(), { minLength: 1 }), (own, more, others) => {
        const at = (one: number, among: number[]) => percentileOf(one, among, "high")?.pct ?? -1;
        expect(at(own + more, others)).toBeGreaterThanOrEqual(at(own, others));
        expect(at(own, [...others].reverse())).toBe(at(own, others));
      }),
    );
  });
});

test("a CPA or CVR of 0 is nothing to compare, a CTR of 0 is", () => {
  expect([comparable("cpa", 0), comparable("cvrPct", 0), comparable("ctrPct", 0), comparable("cpa", 4.92)]).toEqual([
    null,
    null,
    0,
    4.92,
  ]);
});
