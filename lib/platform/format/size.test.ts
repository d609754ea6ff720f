import { expect, test } from "vitest";
import { sizeOf } from "./size";

test.each([
  [0, "bytes", 0],
  [999, "bytes", 999],
  [1_000, "kb", 1],
  [9_949, "kb", 9.9],
  [9_950, "kb", 10],
  [15_400, "kb", 15],
  [999_499, "kb", 999],
  [999_500, "mb", 1],
  [3_120_000, "mb", 3.1],
  [5_242_880_000, "mb", 5243],
] as const)("%i bytes read as %s: %d", (bytes, unit, value) => {
  expect(sizeOf(bytes)).toEqual({ unit, value });
});
