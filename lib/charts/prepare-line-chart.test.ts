import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LinePoint, prepareLineChart } from "./prepare-line-chart";

const line = (...values: (number | null)[]): LinePoint[] => values.map((value, x) => ({ x, value }));
const one = (points: LinePoint[], over: object = {}) =>
  prepareLineChart({ series: [{ key: "a", slot: 0, points }], from: 0, to: 10, maxGap: 1, ...over });

describe("a line", () => {
  test("is one path while nothing is missing, and ends in its newest point", () => {
    const chart = one(line(0, 5, 10), { to: 2 });
    expect(chart?.lines).toEqual([
      { key: "a", slot: 0, paths: ["M0 1000L500 500L1000 0"], dots: [], last: { x: 1, y: 0 }, nameY: 0 },
    ]);
    expect(chart?.gaps).toEqual([]);
  });

  test("breaks where a value is missing and where days lie between that no value covers", () => {
    const missing = one(line(1, 2, null, 3, 4), { to: 4 });
    expect(missing?.lines[0]?.paths).toHaveLength(2);
    expect(missing?.gaps).toEqual([{ from: 0.25, to: 0.75 }]);
    const far = [0, 7, 15].map((x) => ({ x, value: x }));
    expect(one(far, { to: 20, maxGap: 7 })?.lines[0]).toMatchObject({
      paths: [expect.any(String)],
      dots: [{ x: 0.75 }],
    });
  });

  test("of one point is a dot at its place, in the middle of its axis", () => {
    expect(one([{ x: 5, value: 4.92 }])?.lines).toMatchObject([{ paths: [], dots: [{ x: 0.5 }] }]);
    expect(one([{ x: 5, value: 0 }], { from: 5, to: 5 })?.lines[0]?.last?.x).toBe(1);
  });

  test("of huge values that hardly differ stays within its axis", () => {
    const chart = one(line(999_999_999.9999, 1_000_000_000, 999_999_999.9998), { to: 2 });
    expect(chart?.ticks.length).toBeGreaterThanOrEqual(2);
    for (const { y } of chart?.lines[0]?.last ? [chart.lines[0].last, ...chart.ticks] : []) {
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(1);
    }
  });

  test("without any value is no chart", () => {
    expect(one([])).toBeNull();
    expect(one(line(null, null))).toBeNull();
    expect(one([{ x: 11, value: 1 }])).toBeNull();
  });

  test("of ranks has 1 on top", () => {
    const chart = one(line(1, 40), { isRank: true, to: 1 });
    expect(chart?.ticks[0]).toEqual({ value: 1, y: 0 });
    expect(chart?.lines[0]?.paths[0]).toMatch(/^M0 0L1000 /);
    expect(one(line(3), { isRank: true })?.ticks.every(({ value }) => Number.isInteger(value) && value >= 1)).toBe(
      true,
    );
  });

  test("marks places within the plot, whether or not a value stands there", () => {
    const chart = one(line(1, 2), { from: 0, to: 4, marked: [1, 3, 9] });
    expect(chart?.events).toEqual([
      { at: 1, x: 0.25 },
      { at: 3, x: 0.75 },
    ]);
  });

  test("is not joined with a point that it cannot be compared with, and the gap between is told", () => {
    const points = [1, 2, 3, 4].map((value, x) => ({ x, value, isApart: x === 2 }));
    const chart = prepareLineChart({ series: [{ key: "a", slot: 0, points }], from: 0, to: 3, maxGap: 7 });
    expect(chart?.lines[0]?.paths).toHaveLength(2);
    expect(chart?.gaps).toEqual([{ from: 1 / 3, to: 2 / 3 }]);
  });

  test("beside another shares its axis; gaps are drawn of single lines only", () => {
    const series = [
      { key: "a", slot: 0, points: line(1, null, 3) },
      { key: "b", slot: 3, points: line(null, 10) },
    ];
    const chart = prepareLineChart({ series, from: 0, to: 2, maxGap: 1 });
    expect(chart?.gaps).toEqual([]);
    expect(chart?.stops.map(({ at, values }) => [at, values.map(({ key, value }) => [key, value])])).toEqual([
      [0, [["a", 1]]],
      [1, [["b", 10]]],
      [2, [["a", 3]]],
    ]);
  });
});

const points = fc.uniqueArray(fc.nat(120), { minLength: 1, maxLength: 60 }).chain((xs) =>
  fc
    .array(
      fc.option(
        fc.integer({ min: -1e9, max: 1e13 }).map((tenThousandths) => tenThousandths / 10_000),
        { nil: null, freq: 6 },
      ),
      {
        minLength: xs.length,
        maxLength: xs.length,
      },
    )
    .map((values) => [...xs].sort((a, b) => a - b).map((x, index): LinePoint => ({ x, value: values[index] ?? null }))),
);
const gap = fc.constantFrom(1, 7, 30);

describe("for any series", () => {
  test("every value is drawn once, and joined with exactly those neighbours that lie near enough", () => {
    fc.assert(
      fc.property(points, gap, (given, maxGap) => {
        const chart = one(given, { to: 120, maxGap });
        const known = given.filter(({ value }) => value !== null);
        expect(chart === null).toBe(known.length === 0);
        if (!chart) return;
        const [drawn] = chart.lines;
        const inPaths = drawn?.paths.reduce((sum, path) => sum + path.split("L").length, 0) ?? 0;
        expect(inPaths + (drawn?.dots.length ?? 0)).toBe(known.length);
        const joins = given.filter(
          ({ x, value }, index) =>
            value !== null && (given[index - 1]?.value ?? null) !== null && x - (given[index - 1]?.x ?? 0) <= maxGap,
        );
        expect(inPaths - (drawn?.paths.length ?? 0)).toBe(joins.length);
        expect(chart.gaps).toHaveLength(Math.max(0, known.length - 1 - joins.length));
        expect(chart.stops.map(({ at, values }) => [at, values[0]?.value])).toEqual(
          known.map(({ x, value }) => [x, value]),
        );
      }),
    );
  });

  test("everything lies within the plot, greater values higher, and ticks rise evenly around them", () => {
    fc.assert(
      fc.property(points, (given) => {
        const chart = one(given, { to: 120, maxGap: 7 });
        if (!chart) return;
        const spots = chart.stops.flatMap(({ x, values }) => values.map(({ value, y }) => ({ x, y, value })));
        for (const { x, y } of spots) {
          for (const share of [x, y]) expect(share).toBeGreaterThanOrEqual(-1e-6);
          for (const share of [x, y]) expect(share).toBeLessThanOrEqual(1 + 1e-6);
        }
        const byValue = [...spots].sort((a, b) => a.value - b.value);
        for (const [index, spot] of byValue.slice(1).entries()) {
          expect(spot.y).toBeLessThanOrEqual((byValue[index]?.y ?? 1) + 1e-9);
        }
        const ticks = chart.ticks.map(({ value }) => value);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
        expect(chart.marks.length).toBeLessThanOrEqual(6);
      }),
    );
  });

  test("beside others, names stand in the order of their newest points and never on each other", () => {
    const many = fc.array(points, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(many, (given) => {
        const series = given.map((one, index) => ({ key: String(index), slot: index, points: one }));
        const lines = prepareLineChart({ series, from: 0, to: 120, maxGap: 7 })?.lines ?? [];
        const named = lines
          .flatMap(({ last, nameY }) => (last && nameY !== null ? [{ y: last.y, nameY }] : []))
          .sort((a, b) => a.nameY - b.nameY);
        expect(named).toHaveLength(lines.filter(({ last }) => last !== null).length);
        for (const [index, { y, nameY }] of named.entries()) {
          expect(nameY).toBeGreaterThanOrEqual(-1e-9);
          expect(nameY).toBeLessThanOrEqual(1 + 1e-9);
          const before = named[index - 1];
          if (before) expect(y).toBeGreaterThanOrEqual(before.y - 1e-9);
          if (before) expect(nameY - before.nameY).toBeGreaterThanOrEqual(0.07);
        }
      }),
    );
  });

  test("of ranks every tick is a whole rank, and a better rank never stands lower", () => {
    const ranks = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(ranks, (values) => {
        const chart = one(line(...values), { to: 30, isRank: true });
        expect(chart?.ticks.every(({ value }) => Number.isInteger(value) && value >= 1)).toBe(true);
        const spots = (chart?.stops ?? []).flatMap((stop) => stop.values).sort((a, b) => a.value - b.value);
        expect(spots.map(({ y }) => y)).toEqual(spots.map(({ y }) => y).sort((a, b) => a - b));
      }),
    );
  });
});
