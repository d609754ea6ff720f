import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prepareSparkline } from "./prepare-sparkline";

const box = { width: 60, height: 20, maxGap: 7 };
const spark = (...points: [number, number | null][]) =>
  prepareSparkline(
    points.map(([x, value]) => ({ x, value })),
    box,
  );

describe("a sparkline", () => {
  test("goes from the oldest on the left to the newest on the right, high values on top", () => {
    expect(spark([0, 1], [7, 3], [14, 2])).toEqual({
      lines: ["M3 17L30 3L57 10"],
      dots: [],
      last: { x: 57, y: 10 },
    });
  });

  test("draws no line across days that nothing covers", () => {
    const model = spark([0, 1], [1, 2], [9, 3], [10, 1], [30, 2]);
    expect(model?.lines).toHaveLength(2);
    expect(model?.dots).toEqual([model?.last]);
  });

  test("draws no line across a missing value", () => {
    const model = spark([0, 1], [1, 2], [2, null], [3, 2], [4, 1]);
    expect(model?.lines).toEqual(["M3 17L17 3", "M44 3L57 17"]);
  });

  test("of one point is a dot, and of none is nothing", () => {
    expect(spark([5, 3])).toEqual({ lines: [], dots: [{ x: 57, y: 10 }], last: { x: 57, y: 10 } });
    expect(spark([5, null])).toBeNull();
    expect(spark()).toBeNull();
  });

  test("that never changes lies in the middle: it is no fall to nothing", () => {
    expect(spark([0, 0], [1, 0])?.lines).toEqual(["M3 10L57 10"]);
  });

  test("of any series stays inside its box and shows every value once", () => {
    const steps = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 20 }), fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true }))),
    );
    fc.assert(
      fc.property(steps, (given) => {
        let x = 0;
        const points = given.map(([step, value]) => {
          x += step;
          return { x, value };
        });
        const model = prepareSparkline(points, box);
        const known = points.filter(({ value }) => value !== null).length;
        const spots = (model?.lines ?? []).flatMap((line) => line.slice(1).split("L"));
        expect(spots.length + (model?.dots.length ?? 0)).toBe(known);
        for (const spot of spots) {
          const [left = -1, top = -1] = spot.split(" ").map(Number);
          expect(left >= 0 && left <= box.width && top >= 0 && top <= box.height).toBe(true);
        }
      }),
    );
  });
});
