import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOf, dayOf, lastAvailableDay, nowFromHeader, type Window, windowOf } from "./calendar";

const at = (iso: string) => Date.parse(iso);
const show = (day: number) => dateOf(day).toISOString().slice(0, 10);
const shown = (window: Window | null | "invalid") =>
  window === null || window === "invalid"
    ? window
    : [window.current, window.previous].map(({ from, to }) => `${show(from)}..${show(to)}`);

test("yesterday is out from 06:00 UTC, before that the day before it", () => {
  expect(show(lastAvailableDay(at("2026-11-23T05:59:59Z")))).toBe("2026-11-21");
  expect(show(lastAvailableDay(at("2026-11-23T06:00:00Z")))).toBe("2026-11-22");
});

test("1, 7 and 30 end with the last day that is out and are compared with the days right before", () => {
  const now = at("2026-11-23T12:00:00Z");
  expect(shown(windowOf("1", now))).toEqual(["2026-11-22..2026-11-22", "2026-11-21..2026-11-21"]);
  expect(shown(windowOf("7", now))).toEqual(["2026-11-16..2026-11-22", "2026-11-09..2026-11-15"]);
  expect(shown(windowOf("30", now))).toEqual(["2026-10-24..2026-11-22", "2026-09-24..2026-10-23"]);
});

test("a closed month is whole and compared with the whole month before", () => {
  expect(shown(windowOf("2026-03", at("2026-04-10T12:00:00Z")))).toEqual([
    "2026-03-01..2026-03-31",
    "2026-02-01..2026-02-28",
  ]);
});

test("the running month covers the days that are out", () => {
  expect(shown(windowOf("2026-11", at("2026-11-23T12:00:00Z")))).toEqual([
    "2026-11-01..2026-11-22",
    "2026-10-01..2026-10-22",
  ]);
  expect(windowOf("2026-11", at("2026-11-01T12:00:00Z"))).toBeNull();
  expect(windowOf("2026-11", at("2026-11-02T05:00:00Z"))).toBeNull();
});

test("the last day of a month is missing until it is out", () => {
  expect(shown(windowOf("2026-10", at("2026-11-01T05:00:00Z")))).toEqual([
    "2026-10-01..2026-10-30",
    "2026-09-01..2026-09-30",
  ]);
});

test("months go four back, across the turn of the year, and no further", () => {
  const now = at("2026-02-10T12:00:00Z");
  expect(shown(windowOf("2025-10", now))).toEqual(["2025-10-01..2025-10-31", "2025-09-01..2025-09-30"]);
  expect(windowOf("2025-09", now)).toBeNull();
  expect(windowOf("2026-03", now)).toBeNull();
});

test("anything else is not a window", () => {
  for (const text of ["", "2", "07", "7d", "2026-13", "2026-00", "2026-1", "all", "-7"]) {
    expect(windowOf(text, at("2026-11-23T12:00:00Z"))).toBe("invalid");
  }
});

test("no window reaches into today, and windows of days touch the ones before them", () => {
  const moments = fc.integer({ min: at("2020-01-01T00:00:00Z"), max: at("2035-01-01T00:00:00Z") });
  fc.assert(
    fc.property(moments, fc.constantFrom("1", "7", "30"), (now, scope) => {
      const window = windowOf(scope, now);
      if (window === null || window === "invalid") return false;
      const { current, previous } = window;
      return (
        current.to < dayOf(now) &&
        current.to - current.from === Number(scope) - 1 &&
        previous.to === current.from - 1 &&
        previous.to - previous.from === current.to - current.from
      );
    }),
  );
});

test("the clock header is followed when it is an ISO time, else the real clock", () => {
  expect(nowFromHeader("2026-05-04T10:00:00.000Z", 5)).toBe(at("2026-05-04T10:00:00Z"));
  for (const header of [undefined, "", "yesterday", "2026-05-04", "1790000000", "2026-99-99T10:00:00Z", ["a", "b"]]) {
    expect(nowFromHeader(header, 5)).toBe(5);
  }
});
