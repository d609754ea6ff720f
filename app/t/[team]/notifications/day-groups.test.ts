import { expect, test } from "vitest";
import { dayGroups } from "./day-groups";

const at = (...moments: string[]) => moments.map((createdAt) => ({ createdAt }));
const shape = (items: { createdAt: string }[], now: string, timeZone: string) =>
  dayGroups(items, new Date(now), timeZone).map(({ day, name, items: inside }) => [day, name, inside.length]);

test("days are those of the team's time zone", () => {
  const items = at("2026-11-23T17:00:00Z", "2026-11-23T15:00:00Z", "2026-11-22T15:59:00Z", "2026-11-01T00:00:00Z");
  expect(shape(items, "2026-11-23T18:00:00Z", "UTC")).toEqual([
    ["2026-11-23", "today", 2],
    ["2026-11-22", "yesterday", 1],
    ["2026-11-01", null, 1],
  ]);
  expect(shape(items, "2026-11-23T18:00:00Z", "Asia/Shanghai")).toEqual([
    ["2026-11-24", "today", 1],
    ["2026-11-23", "yesterday", 1],
    ["2026-11-22", null, 1],
    ["2026-11-01", null, 1],
  ]);
});

test("yesterday is the day before in the calendar, also when the clocks went back", () => {
  expect(shape(at("2026-10-24T12:00:00Z"), "2026-10-25T22:30:00Z", "Europe/Berlin")).toEqual([
    ["2026-10-24", "yesterday", 1],
  ]);
  expect(shape([], "2026-10-25T22:30:00Z", "UTC")).toEqual([]);
});
