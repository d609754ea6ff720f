import fc from "fast-check";
import { expect, test } from "vitest";
import {
  countIndependent,
  dayNumber,
  dayOfNumber,
  dayPoints,
  maxGapOf,
  monthNumber,
  monthOfNumber,
} from "./day-points";

const at = (fetchedAt: string, window = "7") => ({ fetchedAt, window });

test("of several answers of a day, cut in the time zone, the newest stands for it", () => {
  const points = [at("2026-11-22T15:00:00Z"), at("2026-11-22T17:00:00Z"), at("2026-11-22T20:00:00Z")];
  expect(dayPoints(points, "UTC")).toEqual([{ ...points[2], x: dayNumber("2026-11-22") }]);
  expect(dayPoints(points, "Asia/Shanghai").map(({ x, fetchedAt }) => [dayOfNumber(x), fetchedAt])).toEqual([
    ["2026-11-22", "2026-11-22T15:00:00Z"],
    ["2026-11-23", "2026-11-22T20:00:00Z"],
  ]);
});

test("a month is a point of its own, whenever it was fetched", () => {
  const points = [at("2026-11-05T00:00:00Z", "2026-09"), at("2026-11-05T00:00:00Z", "2026-10")];
  expect(dayPoints(points, "UTC").map(({ x }) => monthOfNumber(x))).toEqual(["2026-09", "2026-10"]);
  expect(monthNumber("2026-01") - monthNumber("2025-12")).toBe(1);
});

test("neighbours may lie as far apart as the window, months one month", () => {
  expect(["1", "7", "30", "month", "2026-10"].map(maxGapOf)).toEqual([1, 7, 30, 1, 1]);
});

test("independent observations share no day", () => {
  expect(countIndependent([1, 2, 3, 4, 5, 6, 7, 8], "7")).toBe(2);
  expect(countIndependent([1, 2, 3], "7")).toBe(1);
  expect(countIndependent([1, 2, 3], "1")).toBe(3);
  expect(countIndependent([1, 2, 3], "month")).toBe(3);
  expect(countIndependent([], "7")).toBe(0);
});

test("no more windows than fit between the first and the last point are independent", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(400)), fc.constantFrom("1", "7", "30"), (days, window) => {
      const xs = [...days].sort((a, b) => a - b);
      const count = countIndependent(xs, window);
      expect(count).toBeLessThanOrEqual(xs.length);
      const [first, last] = [xs[0], xs.at(-1)];
      if (first !== undefined && last !== undefined) {
        expect(count).toBeLessThanOrEqual(Math.floor((last - first) / Number(window)) + 1);
        expect(count).toBeGreaterThanOrEqual(1);
      }
    }),
  );
});
