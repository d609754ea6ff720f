import { expect, test } from "vitest";
import { timeSpan } from "./time-span";

test("minutes are told in the largest unit that holds them whole", () => {
  expect([0, 45, 60, 90, 720, 1440, 2880].map(timeSpan)).toEqual([
    { unit: "minutes", count: 0 },
    { unit: "minutes", count: 45 },
    { unit: "hours", count: 1 },
    { unit: "minutes", count: 90 },
    { unit: "hours", count: 12 },
    { unit: "days", count: 1 },
    { unit: "days", count: 2 },
  ]);
});
