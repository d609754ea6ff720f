import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexSeries } from "./index-series";

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
const line = (...values: (number | null)[]) => values.map((value, index) => ({ at: day(index), value }));

describe("an index", () => {
  test("has its base at the first day that all have a value above 0, also for what lies before", () => {
    const { base, series } = indexSeries([line(10, 20, 30), line(null, 4, 2)]);
    expect(base).toBe(day(1));
    expect(series.map(({ values }) => values)).toEqual([
      [50, 100, 150],
      [null, 100, 50],
    ]);
    expect(indexSeries([line(0, 5), line(3, 6)]).base).toBe(day(1));
  });

  test("has a base for each where no day has a value of all, and says so", () => {
    const { base, series } = indexSeries([line(10, null, 5), line(null, 4, null)]);
    expect(base).toBeNull();
    expect(series.map((one) => [one.base, one.values])).toEqual([
      [day(0), [100, null, 50]],
      [day(1), [null, 100, null]],
    ]);
  });

  test("of what has no value above 0 is none, and holds nobody else back", () => {
    const { base, series } = indexSeries([line(0, 0), [], line(2, 4)]);
    expect(base).toBe(day(0));
    expect(series.map(({ values }) => values)).toEqual([[null, null], [], [100, 200]]);
  });

  const value = fc.option(
    fc.integer({ min: 0, max: 1e9 }).map((tenths) => tenths / 10),
    { nil: null, freq: 4 },
  );
  const many = fc.array(fc.array(value, { maxLength: 12 }), { minLength: 1, maxLength: 5 });

  test("is 100 at its base, missing exactly where a value is, and keeps every proportion", () => {
    fc.assert(
      fc.property(many, (given) => {
        const lines = given.map((values) => line(...values));
        const { base, series } = indexSeries(lines);
        for (const [nth, one] of series.entries()) {
          const points = lines[nth] ?? [];
          const at = points.findIndex((point) => point.at === one.base);
          if (one.base === null) {
            expect(points.every((point) => !point.value)).toBe(true);
            continue;
          }
          if (base !== null) expect(one.base).toBe(base);
          expect(one.values[at]).toBe(100);
          const whole = points[at]?.value ?? 0;
          for (const [index, point] of points.entries()) {
            const indexed = one.values[index] ?? null;
            expect(indexed === null).toBe(point.value === null);
            if (point.value !== null) expect(((indexed ?? 0) * whole) / 100).toBeCloseTo(point.value, 4);
          }
        }
        // No earlier place would have done for all.
        const alive = lines.filter((points) => points.some((point) => (point.value ?? 0) > 0));
        const shared = (at: string) =>
          alive.every((points) => points.some((point) => point.at === at && (point.value ?? 0) > 0));
        const places = [...new Set(alive.flat().map(({ at }) => at))].sort();
        expect(base).toBe(places.find(shared) ?? null);
      }),
    );
  });
});
