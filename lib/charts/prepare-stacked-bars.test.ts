import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { niceTicks, prepareStackedBars, type StackedBarsInput } from "./prepare-stacked-bars";

const base: StackedBarsInput = {
  values: [],
  from: "2026-11-01",
  to: "2026-11-30",
  today: "2026-11-24",
  fixed: [
    { key: "schedules", slot: 8 },
    { key: "others", slot: 9 },
  ],
  order: ["mia", "chen"],
};

const spent = (day: string, series: string, value: number) => ({ day, series, value });

describe("stacked bars", () => {
  test("hold each day of the span, a day without spending as 0, today marked, days to come told apart", () => {
    const { bars, unit } = prepareStackedBars({ ...base, values: [spent("2026-11-03", "mia", 4)] });
    expect(unit).toBe("day");
    expect(bars).toHaveLength(30);
    expect(bars.map(({ total }) => total).slice(0, 4)).toEqual([0, 0, 4, 0]);
    expect(bars.filter(({ isToday }) => isToday).map(({ from }) => from)).toEqual(["2026-11-24"]);
    expect(bars.filter(({ isFuture }) => isFuture)).toHaveLength(6);
  });

  test("stack their parts in the order of the series, without overlap, up to the total", () => {
    const values = [
      spent("2026-11-03", "schedules", 6),
      spent("2026-11-03", "chen", 4),
      spent("2026-11-03", "mia", 10),
    ];
    const { bars, ticks } = prepareStackedBars({ ...base, values });
    expect(ticks).toEqual([0, 5, 10, 15, 20]);
    expect(bars[2]?.parts).toEqual([
      { key: "mia", slot: 0, value: 10, from: 0, to: 0.5 },
      { key: "chen", slot: 1, value: 4, from: 0.5, to: 0.7 },
      { key: "schedules", slot: 8, value: 6, from: 0.7, to: 1 },
    ]);
  });

  test("keep a member's colour whoever else is shown", () => {
    const alone = prepareStackedBars({ ...base, values: [spent("2026-11-03", "chen", 4)] });
    const both = prepareStackedBars({
      ...base,
      values: [spent("2026-11-03", "chen", 4), spent("2026-11-04", "mia", 8)],
    });
    const slotOf = (bars: typeof alone) => bars.series.find(({ key }) => key === "chen")?.slot;
    expect(slotOf(alone)).toBe(1);
    expect(slotOf(both)).toBe(1);
  });

  test("name the five greatest of many and fold the rest into others, to the credit", () => {
    const order = Array.from({ length: 12 }, (_, index) => `member-${index}`);
    const values = order.map((key, index) => spent("2026-11-03", key, index + 1));
    const { series, bars } = prepareStackedBars({ ...base, order, values });
    expect(series.map(({ key }) => key)).toEqual([...order.slice(7), "others"]);
    expect(series.at(-1)?.total).toBe(28);
    expect(new Set(series.map(({ slot }) => slot)).size).toBe(6);
    expect(bars[2]?.total).toBe(78);
  });

  test("are weeks from Monday beyond 45 days, months beyond 60 weeks, cut at the span's ends", () => {
    const weeks = prepareStackedBars({ ...base, from: "2026-09-02", values: [spent("2026-09-06", "mia", 2)] });
    expect(weeks.unit).toBe("week");
    expect(weeks.bars[0]).toMatchObject({ from: "2026-09-02", to: "2026-09-06", total: 2 });
    expect(weeks.bars[1]).toMatchObject({ from: "2026-09-07", to: "2026-09-13", total: 0 });
    expect(weeks.bars.at(-1)).toMatchObject({ from: "2026-11-30", to: "2026-11-30", isFuture: true });
    const months = prepareStackedBars({ ...base, from: "2025-01-15", values: [spent("2025-02-28", "mia", 2)] });
    expect(months.unit).toBe("month");
    expect(months.bars[1]).toMatchObject({ from: "2025-02-01", to: "2025-02-28", total: 2 });
  });

  test("lose no credit, whatever the span and the number of members", () => {
    const day = fc
      .integer({ min: 0, max: 900 })
      .map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
    const value = fc.record({
      day,
      series: fc.constantFrom("mia", "chen", "a", "b", "c", "d", "e", "f", "schedules", "others"),
      value: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(fc.array(value), fc.tuple(day, day), (values, ends) => {
        const [from = "", to = ""] = [...ends].sort();
        const { bars, series } = prepareStackedBars({ ...base, from, to, values });
        const inside = values
          .filter((one) => one.day >= from && one.day <= to)
          .reduce((sum, one) => sum + one.value, 0);
        expect(bars.reduce((sum, bar) => sum + bar.total, 0)).toBe(inside);
        expect(bars.flatMap(({ parts }) => parts).reduce((sum, part) => sum + part.value, 0)).toBe(inside);
        expect(series.reduce((sum, one) => sum + one.total, 0)).toBe(inside);
        for (const part of bars.flatMap(({ parts }) => parts)) expect(part.to).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});

test("ticks are few, whole, evenly spaced, and reach the greatest value", () => {
  expect(niceTicks(0)).toEqual([0, 1, 2]);
  expect(niceTicks(30)).toEqual([0, 10, 20, 30]);
  expect(niceTicks(37)).toEqual([0, 10, 20, 30, 40]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (max) => {
      const ticks = niceTicks(max);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.every(Number.isInteger)).toBe(true);
    }),
  );
});
