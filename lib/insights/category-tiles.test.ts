import { expect, test } from "vitest";
import { tilesOf } from "./category-tiles";
import type { CategoryNow, DatedFigures, Figures } from "./read-category-now";
import { METRICS } from "./schemas";

const figures = (over: Partial<Figures>) =>
  ({ ...Object.fromEntries(METRICS.map((metric) => [metric, null])), ...over }) as Figures;
const dated = (fetchedAt: string, rank: number | null, over: Partial<Figures>): DatedFigures => ({
  window: "7",
  fetchedAt,
  rank,
  figures: figures(over),
});
const peer = (id: string, over: Partial<Figures>) => ({
  ...dated("2026-11-20T10:00:00Z", null, over),
  id,
  parentId: "81",
  name: id,
  receiptId: id,
});
const NOW: CategoryNow = {
  current: {
    ...dated("2026-11-23T10:00:00Z", 8, { posts: 11_500, cpa: 4.5, cvrPct: 0, ctrPct: 1.83, cost: null }),
    receiptId: "r",
    place: 1,
    boughtBy: "Mia",
  },
  before: dated("2026-11-16T10:00:00Z", 12, { posts: 11_400, cpa: 5, cvrPct: 2, ctrPct: 1.8, cost: 10 }),
  lastRank: { rank: 8, fetchedAt: "2026-11-23T10:00:00Z" },
  peers: [peer("a", { cpa: 9, posts: 1 }), peer("b", { cpa: 0, posts: 20_000 }), peer("c", { cpa: 4, posts: null })],
};
const tile = (shown: string, now: CategoryNow = NOW) => tilesOf(now).find((one) => one.shown === shown);

test("a falling CPA is a fall, and good; where it is lower than others is what counts", () => {
  expect(tile("cpa")).toMatchObject({ value: 4.5, change: -10, judgement: "better", look: "low" });
  expect(tile("cpa")?.percentile).toEqual({ pct: 50, of: 2 });
  expect(tile("ctrPct")).toMatchObject({ judgement: "better", percentile: null });
});

test("a step of the last figure is within rounding and judged by nobody", () => {
  expect(tile("posts")).toMatchObject({ withinRounding: true, judgement: null });
  expect(tile("posts")?.percentile).toEqual({ pct: 50, of: 2 });
});

test("missing stays missing: no change, no percentile", () => {
  expect(tile("cost")).toMatchObject({ value: null, change: null, percentile: null });
  const alone = { ...NOW, before: null, lastRank: null, peers: [] };
  expect(tile("cpa", alone)).toMatchObject({ value: 4.5, change: null, percentile: null });
  expect(tile("rank", alone)).toMatchObject({ value: null, change: null });
});

test("a CVR of 0 may be no data, so it is compared with nobody", () => {
  expect(tile("cvrPct")).toMatchObject({ value: 0, change: -100, percentile: null });
});

test("a rank moves in places, up is positive", () => {
  expect(tile("rank")).toMatchObject({ value: 8, change: 4, judgement: null });
});
