import fc from "fast-check";
import { expect, test } from "vitest";
import {
  changeOf,
  independent,
  LEAST_DIFFERENCES,
  MOST_DIFFERENCES,
  type Observation,
  swingOf,
  timesUsual,
} from "./usual-swing";

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

test("the swing is the scaled median absolute deviation of the differences from their median: by hand", () => {
  // Differences 1, −1, 3, −3, 5, −5, 7, −7: their median is 0, the median of what they are away from it is 4.
  const swing = swingOf("rank", weekly([100, 101, 100, 103, 100, 105, 100, 107, 100]), 7);
  expect(swing).toEqual({ middle: 0, usual: 1.4826 * 4, differences: 8 });
  expect(timesUsual(-9, swing)).toBeCloseTo(9 / (1.4826 * 4), 12);
});

test("one week less than it takes says nothing; a past that stood still swings by no less than rounding hides", () => {
  expect(swingOf("rank", weekly([1, 2, 1, 4, 1, 6, 1, 8]), 7)).toBeNull();
  expect(timesUsual(3, null)).toBeNull();
  const still = weekly(Array(9).fill(5));
  expect(swingOf("rank", still, 7)).toEqual({ middle: 0, usual: 1, differences: 8 });
  expect([swingOf("ctrPct", still, 7)?.usual, swingOf("cpa", still, 7)?.usual]).toEqual([0.01, 1]);
});

test("missing figures and gaps of two windows are no differences", () => {
  const values = [1, 3, 1, 5, null, 7, 1, 3, 1, 2];
  expect(swingOf("rank", weekly(values), 7)).toBeNull();
  const gap = weekly([1, 3, 1, 5, 1, 7, 1, 3, 1, 2]).map((one, nth) => (nth < 4 ? one : { ...one, day: one.day - 7 }));
  expect(swingOf("rank", gap, 7)?.differences).toBe(8);
});

test("observations share no day of their windows, and none that could be taken is left out", () => {
  const days = fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 40 });
  fc.assert(
    fc.property(days, fc.constantFrom(1, 7, 30), (given, windowDays) => {
      const points = given.sort((a, b) => b - a).map((day) => ({ day }));
      const chosen = independent(points, windowDays);
      for (const [nth, { day }] of chosen.entries()) {
        const before = chosen[nth - 1];
        if (before) expect(before.day - day).toBeGreaterThanOrEqual(windowDays);
      }
      const isTaken = (day: number) => chosen.some((one) => one.day >= day && one.day - day < windowDays);
      for (const { day } of points) expect(isTaken(day)).toBe(true);
    }),
  );
});

test("moving all values alike changes no swing of a rank, stretching them stretches it, a steady climb is usual", () => {
  fc.assert(
    fc.property(ranks, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 2, max: 9 }), (values, by, times) => {
      const swing = swingOf("rank", weekly(values), 7);
      expect(swingOf("rank", weekly(values.map((value) => value + by)), 7)).toEqual(swing);
      if (!swing) return;
      const stretched = swingOf("rank", weekly(values.map((value) => value * times)), 7);
      if (swing.usual > 1) expect(stretched?.usual).toBeCloseTo(swing.usual * times, 6);
      const climbing = swingOf("rank", weekly(values.map((value, nth) => value + nth * by)), 7);
      expect(climbing).toEqual({ ...swing, middle: expect.closeTo(swing.middle + by, 6) });
      expect(timesUsual(by, swingOf("rank", weekly(values.map((_, nth) => nth * by)), 7))).toBe(0);
    }),
  );
});

test("a figure in another unit swings alike", () => {
  const figures = fc.array(fc.integer({ min: 100, max: 100_000 }), { minLength: 10, maxLength: 20 });
  fc.assert(
    fc.property(figures, (values) => {
      const of = (factor: number) => swingOf("posts", weekly(values.map((value) => value * factor)), 7);
      expect(of(1024)).toEqual(of(1));
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
  expect(swingOf("rank", weekly([...calm, 100_000]), 7)?.usual).toBeLessThan(10);
});
