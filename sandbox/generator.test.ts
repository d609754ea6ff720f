import fc from "fast-check";
import { expect, test } from "vitest";
import { type Span, type Window, windowOf } from "./calendar";
import { createDailyPosts } from "./daily";
import { createGenerator, isRegion, MAX_RANKING, type Ranked } from "./generator";
import { MARKETS } from "./markets";
import { CATEGORIES } from "./taxonomy";

const DAY_MS = 86_400_000;
const NOON = Date.parse("2026-11-23T12:00:00Z");
const generator = createGenerator("test");

function windowAt(scope: string, nowMs = NOON): Window {
  const window = windowOf(scope, nowMs);
  if (window === null || window === "invalid") throw new Error(`no window ${scope}`);
  return window;
}

const idsOf = (ranking: readonly Ranked[]) => ranking.map((ranked) => ranked.category.third.id);
const rowsOf = (ranking: readonly Ranked[]) => ranking.map((ranked) => ranked.row());
const anyDay = fc.integer({ min: -500, max: 500 }).map((days) => NOON + days * DAY_MS);
const anyRegion = fc.constantFrom("US", "ID", "GB", "SA", "AU", "UY");
const anyScope = fc.constantFrom("1", "7", "30");

test("the regions are all_regions and the 59 known ones", () => {
  const known =
    `AR AU AT BH BY BE BR KH CA CL CO CZ DK EC EG FI FR DE GR HU ID IQ IE IL IT JP JO KZ KW LB MY MX MA NL NZ
    NO OM PK PE PH PL PT QA RO SA SG ZA KR ES SE CH TW TH TR AE GB US UY VN`.split(/\s+/);
  expect(MARKETS.map((market) => market.region).sort()).toEqual(known.sort());
  expect(["all_regions", ...known].every(isRegion)).toBe(true);
  expect(["UK", "us", "", "constructor"].some(isRegion)).toBe(false);
});

test("equal seeds give equal answers, whatever was asked before; another seed gives another world", () => {
  const fresh = createGenerator("test");
  for (const [region, scope] of [
    ["US", "30"],
    ["ID", "7"],
    ["all_regions", "1"],
    ["US", "1"],
  ] as const) {
    generator.ranking(region, windowAt("7", NOON - 90 * DAY_MS));
    expect(rowsOf(fresh.ranking(region, windowAt(scope)))).toEqual(rowsOf(generator.ranking(region, windowAt(scope))));
  }
  const other = createGenerator("test 2").ranking("US", windowAt("7"));
  expect(idsOf(other)).not.toEqual(idsOf(generator.ranking("US", windowAt("7"))));
});

test("what leaves the cache comes back the same", () => {
  const before = rowsOf(generator.ranking("GB", windowAt("30"))).slice(0, 50);
  for (let month = 1; month <= 12; month++) generator.ranking("GB", windowAt("30", NOON - month * 30 * DAY_MS));
  for (let n = 0; n < 110; n++) generator.ranking("GB", windowAt("1", NOON + n * DAY_MS));
  expect(rowsOf(generator.ranking("GB", windowAt("30"))).slice(0, 50)).toEqual(before);
});

test("a ranking is ordered by post, ties by id, and no category is there twice", () => {
  fc.assert(
    fc.property(anyRegion, anyScope, anyDay, (region, scope, now) => {
      const ranking = generator.ranking(region, windowAt(scope, now));
      expect(new Set(idsOf(ranking)).size).toBe(ranking.length);
      expect(ranking.length).toBeLessThanOrEqual(MAX_RANKING);
      for (const [i, ranked] of ranking.slice(1).entries()) {
        const above = ranking[i];
        const tie = above?.post === ranked.post && Number(above.category.third.id) < Number(ranked.category.third.id);
        expect((above?.post ?? 0) > ranked.post || tie).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});

test("every figure is rounded as the source rounds and lies where it is believable", () => {
  const threeFigures = (value: number) => Number(value.toPrecision(3)) === value;
  const twoDecimals = (value: number) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6;
  fc.assert(
    fc.property(anyRegion, anyScope, anyDay, (region, scope, now) => {
      for (const row of rowsOf(generator.ranking(region, windowAt(scope, now)))) {
        for (const value of [row.post, row.impression, row.cost]) {
          expect(Number.isInteger(value) && value >= 0 && threeFigures(value)).toBe(true);
        }
        for (const value of [row.like, row.comment, row.share])
          expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
        for (const value of [row.ctr, row.cvr, row.cpa, row.play_six_rate, row.post_change ?? 0]) {
          expect(twoDecimals(value)).toBe(true);
        }
        expect(row.ctr >= 0.5 && row.ctr <= 3).toBe(true);
        expect(row.play_six_rate >= 5 && row.play_six_rate <= 14).toBe(true);
        // 0 is "no data": too few conversions.
        expect(row.cvr === 0 ? row.cpa === 0 : row.cvr >= 1 && row.cvr <= 8 && row.cpa >= 1 && row.cpa <= 15).toBe(
          true,
        );
        expect(row.post_change === null || row.post_change >= -100).toBe(true);
        expect([row.cover_url, row.ecom_type]).toEqual([null, "l3"]);
      }
    }),
    { numRuns: 15 },
  );
});

test("the last week of the United States has the size of the real one, and falls like a power law", () => {
  const ranking = generator.ranking("US", windowAt("7"));
  const post = (rank: number) => ranking[rank - 1]?.post ?? 0;
  expect(post(1)).toBeGreaterThan(25_000);
  expect(post(1)).toBeLessThan(200_000);
  expect(post(1) / post(20)).toBeGreaterThan(4);
  expect(post(20) / post(200)).toBeGreaterThan(20);
  expect(post(400)).toBeLessThan(40);
  expect(ranking.findIndex((ranked) => ranked.category.third.id === "601583")).toBeLessThan(20);
  const [top] = rowsOf(ranking);
  expect((top?.impression ?? 0) / (top?.post ?? 1)).toBeGreaterThan(400);
  expect((top?.impression ?? 0) / (top?.post ?? 1)).toBeLessThan(6000);
});

test("large markets have around 500 categories and small ones fewer", () => {
  const total = (region: string, scope: string) => generator.ranking(region, windowAt(scope)).length;
  for (const region of ["US", "all_regions"]) {
    expect(total(region, "7")).toBeGreaterThan(430);
    expect(total(region, "30")).toBeGreaterThan(480);
  }
  expect(total("UY", "7")).toBeLessThan(350);
  expect(total("UY", "1")).toBeGreaterThan(40);
});

test("a window is the sum of its days, in a region and over all regions", () => {
  const daily = createDailyPosts("test");
  const sumOf = (region: string, { from, to }: Span, c: number) => {
    let sum = 0;
    for (let day = from; day <= to; day++) sum += daily.ofDay(region, day)[c] ?? 0;
    return sum;
  };
  const { current } = windowAt("7");
  for (const { category, post } of generator.ranking("all_regions", windowAt("7")).slice(0, 60)) {
    const c = CATEGORIES.indexOf(category);
    const everywhere = MARKETS.reduce((sum, market) => sum + sumOf(market.region, current, c), 0);
    expect(post).toBe(Number(everywhere.toPrecision(3)));
  }
});

test("post_change agrees with what the previous window said when it was asked for", () => {
  for (const [scope, days] of [
    ["1", 1],
    ["7", 7],
    ["30", 30],
  ] as const) {
    const before = new Map(
      generator
        .ranking("US", windowAt(scope, NOON - days * DAY_MS))
        .map((ranked) => [ranked.category.third.id, ranked.post]),
    );
    let compared = 0;
    for (const row of rowsOf(generator.ranking("US", windowAt(scope)))) {
      const was = before.get(row.third_ecom_category.id);
      if (was === undefined) {
        // Not listed then: it had nothing, or less than the last of a full ranking.
        if (before.size < MAX_RANKING) expect(row.post_change).toBeNull();
        continue;
      }
      compared += 1;
      // Both posts are off by up to half a unit of their third figure.
      const slack = 1.011;
      const ratio = 1 + (row.post_change ?? Number.NaN) / 100;
      expect(row.post).toBeGreaterThanOrEqual((was * (ratio - 0.0001)) / slack);
      expect(row.post).toBeLessThanOrEqual(was * (ratio + 0.0001) * slack);
    }
    expect(compared).toBeGreaterThan(400);
  }
});

test("categories enter and leave over 90 days, a few a day", () => {
  const days = Array.from(
    { length: 91 },
    (_, n) => new Set(idsOf(generator.ranking("US", windowAt("7", NOON - (90 - n) * DAY_MS)))),
  );
  let [entered, left] = [0, 0];
  for (const [n, today] of days.slice(1).entries()) {
    const before = days[n] ?? new Set<string>();
    entered += [...today].filter((id) => !before.has(id)).length;
    left += [...before].filter((id) => !today.has(id)).length;
  }
  expect(entered).toBeGreaterThan(30);
  expect(left).toBeGreaterThan(30);
  // It is a ranking that moves, not another one each day.
  expect((entered + left) / 90).toBeLessThan(15);
  expect(new Set(days.map((today) => today.size)).size).toBeGreaterThan(10);
});

test("one day later a 7-day window differs, but by less than a 1-day window does", () => {
  const move = (scope: string) => {
    const before = new Map(generator.ranking("US", windowAt(scope, NOON - DAY_MS)).map((r) => [r.category, r.post]));
    const steps = generator
      .ranking("US", windowAt(scope))
      .slice(0, 100)
      .map((ranked) => Math.abs(Math.log(ranked.post / (before.get(ranked.category) ?? ranked.post))));
    return steps.reduce((sum, step) => sum + step, 0) / steps.length;
  };
  expect(move("7")).toBeGreaterThan(0.002);
  expect(move("7")).toBeLessThan(move("1") / 2);
});

test("seasons are felt: Christmas decorations peak in the last weeks of the year", () => {
  const postIn = (date: string) => {
    const ranking = generator.ranking("GB", windowAt("30", Date.parse(`${date}T12:00:00Z`)));
    return ranking.find((ranked) => ranked.category.third.value === "Christmas Decorations")?.post ?? 0;
  };
  expect(postIn("2026-12-10")).toBeGreaterThan(3 * postIn("2026-06-10"));
});
