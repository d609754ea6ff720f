import { expect, test } from "vitest";
import { ageMinutes, ageOf } from "./age";

const now = "2026-11-23T20:00:00.000Z";

test("an age is rounded down to the largest whole unit", () => {
  expect(ageOf("2026-11-23T19:59:30.000Z", now)).toEqual({ unit: "now", count: 0 });
  expect(ageOf("2026-11-23T19:15:30.000Z", now)).toEqual({ unit: "minutes", count: 44 });
  expect(ageOf("2026-11-23T16:30:00.000Z", now)).toEqual({ unit: "hours", count: 3 });
  expect(ageOf("2026-11-22T16:00:00.000Z", now)).toEqual({ unit: "hours", count: 28 });
  expect(ageOf("2026-11-16T16:00:00.000Z", now)).toEqual({ unit: "days", count: 7 });
});

test("a moment slightly in the future is now, not a negative age", () => {
  expect(ageOf("2026-11-23T20:00:05.000Z", now)).toEqual({ unit: "now", count: 0 });
  expect(ageMinutes("2026-11-23T20:00:05.000Z", now)).toBe(0);
});
