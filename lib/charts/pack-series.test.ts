import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packSeries, unpackSeries } from "./pack-series";
import { prepareSparkline } from "./prepare-sparkline";

const box = { width: 112, height: 36, maxGap: 3 };
const series = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true, noDefaultInfinity: true })),
    ),
    { maxLength: 40 },
  )
  .map((steps) => {
    let x = 9_000;
    return steps.map(([step, value]) => {
      x += step;
      return { x, value };
    });
  });

describe("a packed series", () => {
  test("is one character a day, also for a day without an answer and for an answer without a value", () => {
    const points = [
      { x: 100, value: 1 },
      { x: 101, value: null },
      { x: 104, value: 3 },
      { x: 105, value: 2 },
    ];
    expect(packSeries(points)).toBe("0-..zV");
    expect(packSeries([])).toBe("");
  });

  test("keeps the distance of its points, what is missing, and heights to half a pixel", () => {
    fc.assert(
      fc.property(series, (points) => {
        const back = unpackSeries(packSeries(points));
        expect(back.map(({ x }) => x)).toEqual(points.map(({ x }) => x - (points[0]?.x ?? 0)));
        expect(back.map(({ value }) => value === null)).toEqual(points.map(({ value }) => value === null));
        const [drawn, redrawn] = [prepareSparkline(points, box), prepareSparkline(back, box)];
        const spots = (model: typeof drawn) => [
          ...(model?.lines ?? []).flatMap((line) =>
            line
              .slice(1)
              .split("L")
              .map((spot) => spot.split(" ").map(Number)),
          ),
          ...(model?.dots ?? []).map(({ x, y }) => [x, y]),
        ];
        expect(spots(redrawn).length).toBe(spots(drawn).length);
        for (const [index, [x, y = 0]] of spots(drawn).entries()) {
          expect(spots(redrawn)[index]?.[0]).toBe(x);
          expect(Math.abs((spots(redrawn)[index]?.[1] ?? 99) - y)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
