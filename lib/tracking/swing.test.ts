import fc from "fast-check";
import { expect, test } from "vitest";
import { changeOf, LEAST_DIFFERENCES, MOST_DIFFERENCES, type Observation, swingOf, timesUsual } from "./swing";

/** Newest first, a window of 7 days apart. */
const weekly = (values: readonly (number | null)[]): Observation[] =>
  values.map((value, nth) => ({ day: 20_000 - 7 * nth, value }));
const ranks = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: LEAST_DIFFERENCES + 1, maxLength: 20 });

test("a change is places up, points or per cent, and none where either side is missing or 0 was before", () => {
  expect(changeOf("rank", 9, 4)).toBe(5);
  expect(changeOf("ctrPct", 5.71, 5.72)).toBe(0.01);
  expect(changeOf("cpa", 4, 5)).toBe(25);
  expect([changeOf("cpa", 0, 5), changeOf("cpa", null, 5), changeOf("rank", 5, null)]).toEqual([null, null, null]);
});

test("the swing is the scaled median absolute deviation of the differences: by hand", () => {
  // Differences 1, −1, 3, −3, 5, −5: their median is 0, the median of what they are away from it is 3.
  const swing = swingOf("rank", weekly([100, 101, 100, 103, 100, 105, 100]), 7);
  expect(swing).toEqual({ usual: 1.4826 * 3, differences: 6 });
  expect(timesUsual(-9, swing)).toBeCloseTo(9 / (1.4826 * 3), 12);
});

test("one week less than it takes says nothing, and so does a past that stood still", () => {
  expect(swingOf("rank", weekly([1, 2, 1, 4, 1, 6]), 7)).toBeNull();
  expect(swingOf("rank", weekly([5, 5, 5, 5, 5, 5, 5, 9]), 7)).toBeNull();
  expect(timesUsual(3, null)).toBeNull();
});

test("missing figures and gaps of two windows are no differences", () => {
  const values = [1, 3, 1, 5, null, 7, 1, 3];
  expect(swingOf("rank", weekly(values), 7)).toBeNull();
  const gap = weekly([1, 3, 1, 5, 1, 7, 1, 3]).map((one, nth) => (nth < 4 ? one : { ...one, day: one.day - 7 }));
  expect(swingOf("rank", gap, 7)?.differences).toBe(6);
});

test("moving all values alike changes no swing of a rank, and stretching them stretches it", () => {
  fc.assert(
    fc.property(ranks, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 2, max: 9 }), (values, by, times) => {
      const swing = swingOf("rank", weekly(values), 7);
      expect(swingOf("rank", weekly(values.map((value) => value + by)), 7)).toEqual(swing);
      const stretched = swingOf("rank", weekly(values.map((value) => value * times)), 7);
      expect(stretched?.usual ?? null).toEqual(swing ? expect.closeTo(swing.usual * times, 6) : null);
    }),
  );
});

test("one wild observation, or what lies further back than the newest windows, hardly moves it", () => {
  fc.assert(
    fc.property(ranks, fc.integer({ min: 1, max: 500 }), (values, old) => {
      const swing = swingOf("rank", weekly(values), 7);
      expect(swing?.differences ?? LEAST_DIFFERENCES).toBeLessThanOrEqual(MOST_DIFFERENCES);
      const full = [...values, ...values, ...values].slice(0, MOST_DIFFERENCES + 1);
      if (full.length > MOST_DIFFERENCES) {
        expect(swingOf("rank", weekly([...full, old]), 7)).toEqual(swingOf("rank", weekly(full), 7));
      }
    }),
  );
  const calm = [100, 101, 100, 103, 100, 105, 100, 102, 101];
  const wild = swingOf("rank", weekly([...calm, 100_000]), 7);
  expect(wild?.usual).toBeLessThan(10);
});
