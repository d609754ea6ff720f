import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lastMissed, nextSlot, type SlotRule, slotsInThirtyDays } from "./next-slot";

const rule = (over: Partial<SlotRule> = {}): SlotRule => ({
  cadence: "daily",
  weekDay: null,
  monthDay: null,
  everyDays: 1,
  hour: 9,
  ...over,
});

const next = (given: SlotRule, zone: string, after: string) => nextSlot(given, zone, new Date(after)).toISOString();

describe("a schedule's next moment", () => {
  test("is the hour of the team's own day", () => {
    expect(next(rule(), "Asia/Shanghai", "2026-11-27T00:59:59Z")).toBe("2026-11-27T01:00:00.000Z");
    expect(next(rule(), "Asia/Shanghai", "2026-11-27T01:00:00Z")).toBe("2026-11-28T01:00:00.000Z");
  });

  test("skips the weekend, finds the weekday and the day of the month", () => {
    expect(next(rule({ cadence: "weekdays" }), "UTC", "2026-11-27T09:00:00Z")).toBe("2026-11-30T09:00:00.000Z");
    expect(next(rule({ cadence: "weekly", weekDay: 7 }), "UTC", "2026-11-27T09:00:00Z")).toBe(
      "2026-11-29T09:00:00.000Z",
    );
    expect(next(rule({ cadence: "monthly", monthDay: 5 }), "UTC", "2026-11-27T09:00:00Z")).toBe(
      "2026-12-05T09:00:00.000Z",
    );
  });

  test("is a shorter month's last day instead of its 29th, 30th or 31st", () => {
    const last = rule({ cadence: "monthly", monthDay: 31 });
    expect(next(last, "UTC", "2027-01-31T09:00:00Z")).toBe("2027-02-28T09:00:00.000Z");
    expect(next(last, "UTC", "2028-01-31T09:00:00Z")).toBe("2028-02-29T09:00:00.000Z");
  });

  test("in an hour that daylight saving skips is the first instant behind the gap", () => {
    // Berlin: from 02:00 to 03:00 at 01:00 UTC on 29 March 2026. Lord Howe jumps by half an hour.
    expect(next(rule({ hour: 2 }), "Europe/Berlin", "2026-03-28T12:00:00Z")).toBe("2026-03-29T01:00:00.000Z");
    expect(next(rule({ hour: 2 }), "Australia/Lord_Howe", "2026-10-03T12:00:00Z")).toBe("2026-10-03T15:30:00.000Z");
  });

  test("in an hour that comes twice is the first of the two, and only that one", () => {
    expect(next(rule({ hour: 2 }), "Europe/Berlin", "2026-10-24T12:00:00Z")).toBe("2026-10-25T00:00:00.000Z");
    expect(next(rule({ hour: 2 }), "Europe/Berlin", "2026-10-25T00:00:00Z")).toBe("2026-10-26T01:00:00.000Z");
  });

  test("of a budget is so many days after the one before", () => {
    const third = rule({ cadence: "budget", everyDays: 3 });
    expect(next(third, "UTC", "2026-11-27T09:00:00Z")).toBe("2026-11-30T09:00:00.000Z");
  });

  const zones = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");
  const moments = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
  const rules = fc.oneof(
    fc.record({
      cadence: fc.constantFrom("daily" as const, "weekdays" as const),
      hour: fc.integer({ min: 0, max: 23 }),
    }),
    fc.record({ cadence: fc.constant("weekly" as const), weekDay: fc.integer({ min: 1, max: 7 }), hour: fc.nat(23) }),
    fc.record({
      cadence: fc.constant("monthly" as const),
      monthDay: fc.integer({ min: 1, max: 31 }),
      hour: fc.nat(23),
    }),
  );

  test("is what a walk through the hours of the zone's own calendar finds", () => {
    fc.assert(
      fc.property(rules, zones, moments, (given, zone, after) => {
        const whole = rule(given);
        expect(nextSlot(whole, zone, after).getTime()).toBe(walked(whole, zone, after));
      }),
      { numRuns: 150 },
    );
  });

  test("is the last of those missed, with the count of those before it", () => {
    const due = new Date("2026-11-20T09:00:00Z");
    const { at, missed } = lastMissed(rule(), "UTC", due, new Date("2026-11-23T12:00:00Z"));
    expect([at.toISOString(), missed]).toEqual(["2026-11-23T09:00:00.000Z", 3]);
    expect(lastMissed(rule(), "UTC", due, due)).toEqual({ at: due, missed: 0 });
  });

  test("comes thirty times in thirty days when daily", () => {
    expect(slotsInThirtyDays(rule(), "UTC", new Date("2026-11-27T10:00:00Z"))).toBe(30);
  });
});

/** The slow way: quarter by quarter, the first whose clock shows the hour or has gone past it on a day that counts. */
function walked(given: SlotRule, zone: string, after: Date): number {
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  const quarter = 900_000;
  const seen = new Set<string>();
  const begin = Math.floor(after.getTime() / quarter) * quarter - 2 * 86_400_000;
  for (let at = begin; ; at += quarter) {
    const [date = "", time = ""] = clock.format(at).split(" ");
    const day = new Date(`${date}T00:00:00Z`);
    if (Number(time.slice(0, 2)) < given.hour || seen.has(date)) continue;
    seen.add(date);
    if (at > after.getTime() && counts(given, day)) return at;
  }
}

function counts({ cadence, weekDay, monthDay }: SlotRule, day: Date): boolean {
  const name = day.getUTCDay();
  if (cadence === "weekdays") return name !== 0 && name !== 6;
  if (cadence === "weekly") return name === (weekDay ?? 0) % 7;
  if (cadence !== "monthly") return true;
  const isLast = new Date(day.getTime() + 86_400_000).getUTCDate() === 1;
  return day.getUTCDate() === monthDay || (isLast && day.getUTCDate() < (monthDay ?? 0));
}
