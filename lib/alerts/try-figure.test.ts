import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALERT_CONDITIONS, type AlertCondition } from "./schemas";
import { type FigurePoint, tryFigure } from "./try-figure";

const DAY = 86_400_000;
const rule = (condition: AlertCondition, value: number | null = null, against: "previous" | "week" | null = null) => ({
  condition,
  metric: "posts" as const,
  value,
  against,
});
const daily = (...values: (number | null)[]): FigurePoint[] =>
  values.map((value, day) => ({ at: day * DAY, day, snapshotId: String(day), value }));

describe("a rule about figures", () => {
  test("tells that a value was crossed, once, from the side it names", () => {
    expect(tryFigure(rule("crosses_up", 100), daily(90, 100), "7")).toMatchObject({ oldValue: 90, newValue: 100 });
    expect(tryFigure(rule("crosses_up", 100), daily(90, 100, 120), "7")).toBeNull();
    expect(tryFigure(rule("crosses_down", 100), daily(90, 120), "7")).toBeNull();
    expect(tryFigure(rule("crosses_down", 100), daily(120, null, 80), "7")).toMatchObject({ oldValue: 120, oldAt: 0 });
  });

  test("tells a change in per cent against the answer before, or of a week ago and of no other day", () => {
    expect(tryFigure(rule("rises_by", 25, "previous"), daily(1000, 1250), "7")).not.toBeNull();
    expect(tryFigure(rule("rises_by", 25, "previous"), daily(1000, 1249), "7")).toBeNull();
    expect(tryFigure(rule("falls_by", 25, "previous"), daily(1000, 1250), "7")).toBeNull();
    expect(tryFigure(rule("changes_by", 25, "previous"), daily(1000, 749), "7")).not.toBeNull();
    const weekly = daily(1000, 9, 9, 9, 9, 9, 9, 2000);
    expect(tryFigure(rule("rises_by", 50, "week"), weekly, "7")).toMatchObject({ oldValue: 1000, oldAt: 0 });
    expect(tryFigure(rule("rises_by", 50, "week"), weekly.slice(1), "7")).toBeNull();
    const old = [{ at: 0, day: 0, snapshotId: "0", value: 1000 }, ...daily(...Array(14).fill(null), 2000)];
    expect(tryFigure(rule("rises_by", 50, "week"), old.slice(0, 1).concat(old.slice(-1)), "7")).toBeNull();
  });

  test("takes a step of rounding for no change", () => {
    expect(tryFigure(rule("changes_by", 1, "previous"), daily(0.1, 0.2), "7")).toBeNull();
    expect(tryFigure(rule("changes_by", 1, "previous"), daily(0.1, 0.3), "7")).not.toBeNull();
  });

  test("tells that a trend turned, after two moves the other way", () => {
    expect(tryFigure(rule("reverses"), daily(100, 200, 300, 150), "7")).toMatchObject({ oldValue: 300, newValue: 150 });
    expect(tryFigure(rule("reverses"), daily(100, 200, 300, 300, 150), "7")).not.toBeNull();
    expect(tryFigure(rule("reverses"), daily(100, 200, 300, 400), "7")).toBeNull();
    expect(tryFigure(rule("reverses"), daily(100, 200, 150, 300), "7")).toBeNull();
    expect(tryFigure(rule("reverses"), daily(100, 200, 300, 150, 150), "7")).toBeNull();
  });

  test("tells what is beyond its own usual swing, with how many observations that rests on, and else is silent", () => {
    const calm = [100, 104, 99, 103, 100, 105, 101, 104, 100, 103];
    const told = tryFigure(rule("unusual", 3), daily(...calm, 200), "1");
    expect(told).toMatchObject({ oldValue: 103, newValue: 200, observations: 9 });
    expect(tryFigure(rule("unusual", 3), daily(...calm, 106), "1")).toBeNull();
    expect(tryFigure(rule("unusual", 3), daily(...calm.slice(0, 8), 200), "1")).toBeNull();
    // The same days through windows of a week share most of their days: two observations are no basis.
    expect(tryFigure(rule("unusual", 3), daily(...calm, 200), "7")).toBeNull();
    expect(tryFigure(rule("unusual", 3), daily(...calm, 200), "2026-10")).toBeNull();
    // A steady climb is what is usual for it; whoever stood still and moves is not.
    const climb = Array.from({ length: 12 }, (_, nth) => 1000 * 1.1 ** nth);
    expect(tryFigure(rule("unusual", 3), daily(...climb), "1")).toBeNull();
    expect(tryFigure(rule("unusual", 3), daily(...Array(10).fill(100), 104), "1")).toMatchObject({ observations: 9 });
  });

  test("never tells anything of a missing value, whatever came before", () => {
    const values = fc.array(fc.option(fc.integer({ min: -1000, max: 1000 })), { maxLength: 30 });
    const conditions = fc.constantFrom(...ALERT_CONDITIONS);
    fc.assert(
      fc.property(values, conditions, fc.double({ min: -100, max: 100, noNaN: true }), (past, condition, value) => {
        expect(tryFigure(rule(condition, value, "previous"), daily(...past, null), "1")).toBeNull();
        expect(tryFigure(rule(condition, value, "previous"), daily(...past.slice(0, 1)), "1")).toBeNull();
      }),
    );
  });
});
