import fc from "fast-check";
import { expect, test } from "vitest";
import { byImportance, importanceOf, type Weighed } from "./importance";

const moved = (over: Partial<Weighed>): Weighed => ({
  kind: "up",
  change: 5,
  times: null,
  withinRounding: false,
  position: 10,
  ...over,
});
const weighed = fc.record<Weighed>({
  kind: fc.constantFrom("up", "down", "new", "gone", "same"),
  change: fc.option(fc.integer({ min: -400, max: 400 })),
  times: fc.option(fc.double({ min: 0, max: 50, noNaN: true })),
  withinRounding: fc.boolean(),
  position: fc.option(fc.integer({ min: 1, max: 500 })),
});

test("beyond the usual comes before the unknown, that before the usual, and rounding last", () => {
  const order = [
    moved({ times: 4 }),
    moved({ kind: "new", change: null, position: 1 }),
    moved({ times: null }),
    moved({ times: 0.4 }),
    moved({ times: 9, withinRounding: true }),
  ];
  expect([...order].reverse().sort(byImportance)).toEqual(order);
});

test("direction has no weight, more of its usual swing never has less, and a higher arrival never has less", () => {
  fc.assert(
    fc.property(weighed, fc.double({ min: 0, max: 20, noNaN: true }), (one, more) => {
      const weight = importanceOf(one);
      expect(weight).toBeGreaterThanOrEqual(0);
      expect(importanceOf({ ...one, change: one.change === null ? null : -one.change })).toBe(weight);
      if (one.times !== null) expect(importanceOf({ ...one, times: one.times + more })).toBeGreaterThanOrEqual(weight);
      if (one.position !== null && one.position > 1) {
        expect(importanceOf({ ...one, position: one.position - 1 })).toBeGreaterThanOrEqual(weight);
      }
    }),
  );
});

test("the order is one: it hangs on no order that it was given in", () => {
  fc.assert(
    fc.property(fc.array(weighed, { maxLength: 8 }), (all) => {
      const key = (one: Weighed) => [importanceOf(one), Math.abs(one.change ?? 0), one.position ?? null];
      expect([...all].reverse().sort(byImportance).map(key)).toEqual([...all].sort(byImportance).map(key));
    }),
  );
});
