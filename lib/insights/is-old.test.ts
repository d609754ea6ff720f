import { expect, test } from "vitest";
import { isOld } from "./is-old";

const now = new Date("2026-11-23T20:00:00.000Z");

test("an answer is old once the accepted age is reached", () => {
  expect(isOld({ window: "7", fetchedAt: "2026-11-22T20:00:01.000Z" }, 1440, now)).toBe(false);
  expect(isOld({ window: "7", fetchedAt: "2026-11-22T20:00:00.000Z" }, 1440, now)).toBe(true);
});

test("a closed month fetched three days after its end never gets old", () => {
  expect(isOld({ window: "2026-08", fetchedAt: "2026-09-04T00:00:00.000Z" }, 1440, now)).toBe(false);
  expect(isOld({ window: "2026-08", fetchedAt: "2026-09-03T23:59:59.000Z" }, 1440, now)).toBe(true);
});

test("a month over the turn of the year closes in January", () => {
  expect(isOld({ window: "2025-12", fetchedAt: "2026-01-04T00:00:00.000Z" }, 1440, now)).toBe(false);
  expect(isOld({ window: "2025-12", fetchedAt: "2026-01-03T00:00:00.000Z" }, 1440, now)).toBe(true);
});
