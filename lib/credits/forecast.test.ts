import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysBetween } from "@/lib/platform/format/days";
import { type ForecastInput, forecast } from "./forecast";

const NOVEMBER = { from: "2026-11-01", to: "2026-11-30" };

/** November on the 24th at noon, with the same spending each day since 1 October, unless told otherwise. */
function given(over: Partial<ForecastInput> = {}, spentOn: (day: string) => number = () => 10): ForecastInput {
  const today = over.today ?? "2026-11-24";
  const days = daysBetween("2026-10-01", today)
    .slice(0, -1)
    .map((day) => ({ day, spent: spentOn(day) }));
  const spent = days.filter(({ day }) => day >= NOVEMBER.from).reduce((sum, day) => sum + day.spent, 0);
  return {
    period: NOVEMBER,
    knownFrom: "2026-10-01",
    today,
    dayShare: 0.5,
    days,
    spent,
    held: 0,
    limit: null,
    ...over,
  };
}

describe("the forecast", () => {
  test("adds to what is spent the mean of each day to come, and of today what is left of it", () => {
    const result = forecast(given());
    // 23 days at 10, half of today, and six days more.
    expect(result).toMatchObject({ expected: 230 + 65, basisDays: 54 });
    expect(result?.low).toBeLessThan(295);
    expect(result?.high).toBeGreaterThan(295);
  });

  test("knows weekdays: a team that rests at weekends is not expected to work on them", () => {
    const weekdays = (day: string) => ([0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) ? 0 : 14);
    // The 28th and 29th of November 2026 are a weekend.
    const result = forecast(given({ today: "2026-11-28", dayShare: 0 }, weekdays));
    expect((result?.expected ?? 0) - 14 * 20).toBe(14);
  });

  test("says nothing while it is too early to tell: fewer than five complete days, or nothing spent yet", () => {
    expect(forecast(given({ knownFrom: "2026-11-20" }))).toBeNull();
    expect(forecast(given({ knownFrom: "2026-11-19" }))).not.toBeNull();
    expect(forecast(given({}, () => 0))).toBeNull();
    expect(forecast(given({}, (day) => (day >= "2026-11-21" ? 10 : 0)))).toBeNull();
  });

  test("names the day on which the limit would be reached, and none when it would not", () => {
    expect(forecast(given({ limit: 260 }))?.limitReachedOn).toBe("2026-11-27");
    expect(forecast(given({ limit: 260, held: 10 }))?.limitReachedOn).toBe("2026-11-26");
    expect(forecast(given({ limit: 400 }))?.limitReachedOn).toBeNull();
  });

  test("ends with what was spent once the period is over", () => {
    const over = given({ today: "2026-12-01" });
    expect(forecast(over)).toMatchObject({ expected: over.spent, low: over.spent, high: over.spent });
  });

  const anyInput = fc
    .record({
      today: fc.integer({ min: 0, max: 29 }).map((index) => daysBetween(NOVEMBER.from, NOVEMBER.to)[index] ?? ""),
      dayShare: fc.double({ min: 0, max: 1, noNaN: true }),
      amounts: fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 61, maxLength: 61 }),
      limit: fc.option(fc.integer({ min: 0, max: 20_000 })),
    })
    .map(({ amounts, ...over }) => {
      const all = daysBetween("2026-10-01", NOVEMBER.to);
      return given(over, (day) => amounts[all.indexOf(day)] ?? 0);
    });

  test("is never below what is spent, and lies within its own range", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const result = forecast(input);
        if (!result) return;
        expect(result.low).toBeGreaterThanOrEqual(input.spent);
        expect(result.expected).toBeGreaterThanOrEqual(result.low);
        expect(result.high).toBeGreaterThanOrEqual(result.expected);
        for (const value of [result.expected, result.low, result.high]) expect(Number.isInteger(value)).toBe(true);
      }),
    );
  });

  test("never rises only because time passes without spending", () => {
    fc.assert(
      fc.property(anyInput, fc.double({ min: 0, max: 1, noNaN: true }), (input, later) => {
        const [now, then] = [input.dayShare, later].sort((a, b) => a - b);
        const before = forecast({ ...input, dayShare: now ?? 0 });
        const after = forecast({ ...input, dayShare: then ?? 1 });
        expect(after?.expected ?? 0).toBeLessThanOrEqual(before?.expected ?? 0);
      }),
    );
  });

  test("does not depend on the order of the days, and a day without spending may be left out", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const other = { ...input, days: [...input.days].reverse().filter(({ spent }) => spent > 0) };
        expect(forecast(other)).toEqual(forecast(input));
      }),
    );
  });

  test("rises with what is spent by no more than that, all else equal", () => {
    fc.assert(
      fc.property(anyInput, fc.integer({ min: 1, max: 1000 }), (input, more) => {
        const [one, two] = [forecast(input), forecast({ ...input, spent: input.spent + more })];
        expect((two?.expected ?? 0) - (one?.expected ?? 0)).toBe(one ? more : 0);
      }),
    );
  });
});
