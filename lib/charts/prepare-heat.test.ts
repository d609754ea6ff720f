import { expect, test } from "vitest";
import { prepareHeat } from "./prepare-heat";

test("the best value has the full tint and the worst none, whichever end is good", () => {
  expect(prepareHeat([1, 2, 3], "high")).toEqual([0, 0.5, 1]);
  expect(prepareHeat([1, 2, 3], "low")).toEqual([1, 0.5, 0]);
});

test("missing values have no tint and do not move the others", () => {
  expect(prepareHeat([1, null, 2, 3], "high")).toEqual([0, null, 0.5, 1]);
});

test("equal values share one tint", () => {
  expect(prepareHeat([2, 2, 2], "high")).toEqual([0.5, 0.5, 0.5]);
});

test("two values are no distribution", () => {
  expect(prepareHeat([1, 2], "high")).toEqual([null, null]);
});
