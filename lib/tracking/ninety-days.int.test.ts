import { beforeAll, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { METRICS, type Metric } from "@/lib/insights/schemas";
import { makeTeam } from "@/lib/testing/factories";
import { expectExact, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { moveClock } from "@/lib/testing/sent-request";
import { addWatchItem } from "./add-watch-item";
import { backfillCategory } from "./backfill";
import { createSearch } from "./create-search";
import { createWatchlist } from "./create-watchlist";
import { executeRun } from "./execute-run";
import { readChanges } from "./read-changes";
import { readWatchlist } from "./read-watchlist";
import { runSearch } from "./run-search";
import { addWatchItemSchema, changesInputSchema, createSearchSchema, createWatchlistSchema } from "./schemas";
import { watchViewInputSchema } from "./watch-view";

const DAYS = 90;
const START = Date.parse("2026-08-20T12:00:00Z");
const DAY_MS = 86_400_000;
const WATCHED = ["7001", "7007", "7030", "7038"];
const given = purchases();
let ctx: TeamContext;
let searchId: string;
let listId: string;
const runs: string[] = [];

/** A number in [0, 1) that hangs on its seed alone. */
const chance = (seed: string) => {
  let hash = 2_166_136_261;
  for (const letter of seed) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  return (Math.imul(hash ^ (hash >>> 13), 1_274_126_177) >>> 0) / 4_294_967_296;
};

/** A market of 45 categories that drift, stay away for days, and now and then have no CPA. */
const marketOf = (time: string) =>
  Array.from({ length: 45 }, (_, nth) => String(7000 + nth))
    .filter((id) => WATCHED.includes(id) || chance(`there ${id} ${time}`) > 0.1)
    .map((id) => ({
      third_ecom_category: { id, parent_id: "848648", value: `Category ${id}` },
      post: Math.round(chance(`level ${id}`) * 40 + chance(`posts ${id} ${time}`) * 20 + 1) * 100,
      ctr: Number((1 + chance(`ctr ${id} ${time}`)).toFixed(2)),
      cpa: chance(`cpa ${id} ${time}`) > 0.2 ? Number((3 + chance(`cpa ${time} ${id}`)).toFixed(2)) : null,
    }))
    .sort((a, b) => b.post - a.post || a.third_ecom_category.id.localeCompare(b.third_ecom_category.id));

beforeAll(async () => {
  ctx = await makeTeam();
  await given.database.superuserPool.query(
    "update app_clock set offset_seconds = extract(epoch from $1::timestamptz - now())::int",
    [new Date(START)],
  );
  let day = 0;
  given.upstream.answer((request, response) => {
    const asked = new URL(request.url ?? "", "http://x").searchParams;
    const window = asked.get("time_scope") ?? "";
    const [page, category] = [Number(asked.get("page")), asked.get("ecom_category_id")];
    const all = marketOf(window.includes("-") ? window : `day ${day}`).filter(
      (row) => !category || row.third_ecom_category.id === category,
    );
    const list = all.slice((page - 1) * 20, page * 20).map((row, index) => wireRow(index + 1, row));
    const pagination = { page, size: list.length, total: all.length, has_more: page * 20 < all.length };
    json(response, 200, wirePage([], { data: { list, pagination } }));
  });
  const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Beauty" }));
  for (const categoryId of WATCHED) {
    await addWatchItem(ctx, list.id, addWatchItemSchema.parse({ categoryId, region: "US" }));
  }
  const search = await createSearch(
    ctx,
    createSearchSchema.parse({ name: "All", region: "US", window: "7", pages: 2 }),
  );
  [searchId, listId] = [search.id, list.id];
  const work = async (answer: object) => {
    const { runId } = answer as { runId: string };
    await executeRun(ctx.team.id, runId, new AbortController().signal);
    return runId;
  };
  for (; day < DAYS; day++) {
    runs.push(await work(await runSearch(ctx, searchId, { maxAgeMinutes: 0 })));
    if (day % 30 === 29) {
      await work(await backfillCategory(ctx, "7001", { region: "US", months: 4, running: true }));
    }
    if (day < DAYS - 1) await moveClock(given.database, 86_400);
  }
}, 900_000);

type RawPage = {
  id: string;
  run: string;
  window: string;
  filtered: boolean;
  page: number;
  day: number;
  at: string;
  list: RawRow[];
};
type RawRow = Record<string, unknown> & { third_ecom_category: { id: string } };

/** Every answer as its bytes say, oldest first, with the day of the simulated clock; nothing else of ours is read. */
async function rawPages(): Promise<RawPage[]> {
  const { rows } = await given.database.superuserPool.query(
    `select r.id, r.run_id, r."window", coalesce(r.category_id, '') as category_id, r.page, a.body, r.reserved_at as at
     from credit_request r join raw_answer a on a.team_id = r.team_id and a.request_id = r.id
     where r.team_id = $1 order by r.reserved_at`,
    [ctx.team.id],
  );
  return rows.map((row) => ({
    id: row.id,
    run: row.run_id,
    window: row.window,
    filtered: row.category_id !== "",
    page: row.page,
    day: Math.floor((row.at.getTime() - START) / DAY_MS + 0.5),
    at: row.at.toISOString().slice(0, 7),
    list: JSON.parse(row.body.toString("utf8")).data.list,
  }));
}

const FIELDS: Record<Metric, string> = {
  posts: "post",
  postsChangePct: "post_change",
  impressions: "impression",
  ctrPct: "ctr",
  cvrPct: "cvr",
  sixSecondViewRatePct: "play_six_rate",
  cost: "cost",
  cpa: "cpa",
  likes: "like",
  comments: "comment",
  shares: "share",
};
const figuresOf = (row: RawRow) => Object.fromEntries(METRICS.map((metric) => [metric, row[FIELDS[metric]] ?? null]));
const picked = (point: Record<Metric, unknown>) => Object.fromEntries(METRICS.map((metric) => [metric, point[metric]]));

/** Where a category stands in an answer, if it does. */
function standing({ list, page, filtered }: RawPage, categoryId: string) {
  const index = list.findIndex((row) => row.third_ecom_category.id === categoryId);
  const row = list[index];
  return row ? { row, rank: filtered ? null : (page - 1) * 20 + index + 1 } : null;
}

test("90 bought days give the movements that the raw answers give by themselves", { timeout: 600_000 }, async () => {
  const raw = await rawPages();
  expect(raw.filter(({ window }) => window === "7")).toHaveLength(2 * DAYS);
  let compared = 0;

  // The history of each watched category, point by point.
  for (const categoryId of WATCHED) {
    const input = historyInputSchema.parse({ region: "US", window: "7" });
    const { points } = await readCategoryHistory(ctx, categoryId, input);
    const expected = raw
      .filter(({ window }) => window === "7")
      .flatMap((page) => {
        const found = standing(page, categoryId);
        return found ? [{ receiptId: page.id, rank: found.rank, ...figuresOf(found.row) }] : [];
      });
    expect(points.map((point) => ({ receiptId: point.receiptId, rank: point.rank, ...picked(point) }))).toEqual(
      expected,
    );
    compared += points.length;
  }

  // The months of the backfilled one: each by its newest answer.
  const months = await readCategoryHistory(ctx, "7001", historyInputSchema.parse({ region: "US", window: "month" }));
  const newest = new Map(raw.filter(({ window }) => window.includes("-")).map((page) => [page.window, page]));
  expect(months.points.map((point) => [point.window, point.receiptId, picked(point)])).toEqual(
    [...newest.values()]
      .toSorted((a, b) => a.window.localeCompare(b.window))
      .map((page) => [page.window, page.id, figuresOf(standing(page, "7001")?.row as RawRow)]),
  );
  expect(months.points.map(({ window }) => window)).toContain("2026-11");
  // A closed month was asked once, however often a backfill wanted it.
  const asked = raw.filter(({ window, at }) => window.includes("-") && window < at).map(({ window }) => window);
  expect(asked.filter((window) => window <= "2026-07")).toEqual([...new Set(asked.filter((w) => w <= "2026-07"))]);

  // What changed, from each week to the one a window before, and from day to day.
  const rankingOf = (runId: string | undefined) => {
    const found = new Map<string, { position: number; row: RawRow }>();
    for (const page of raw.filter(({ run }) => run === runId)) {
      page.list.forEach((row, index) => {
        found.set(row.third_ecom_category.id, { position: (page.page - 1) * 20 + index + 1, row });
      });
    }
    return found;
  };
  for (let day = 9; day < DAYS; day += 10) {
    for (const back of [1, 7]) {
      const [was, is] = [rankingOf(runs[day - back]), rankingOf(runs[day])];
      const input = changesInputSchema.parse({ compare: back === 1 ? "previous" : "window", run: runs[day] });
      const { comparison, before } = await readChanges(ctx, searchId, input);
      expect(before?.id).toBe(runs[day - back]);
      const told = new Map(comparison?.changes.map((change) => [change.categoryId, change]));
      expect([...told.keys()].sort()).toEqual([...new Set([...was.keys(), ...is.keys()])].sort());
      for (const [id, change] of told) {
        const [old, fresh] = [was.get(id), is.get(id)];
        const moved = old && fresh ? old.position - fresh.position : null;
        const kind = !old ? "new" : !fresh ? "gone" : moved === 0 ? "same" : (moved ?? 0) > 0 ? "up" : "down";
        expect([id, change.kind, change.moved]).toEqual([id, kind, moved]);
        for (const metric of METRICS) {
          const [a, b] = [old?.row[FIELDS[metric]] ?? null, fresh?.row[FIELDS[metric]] ?? null];
          expect(change.figures[metric]).toMatchObject({ before: a, after: b });
          if (typeof a === "number" && typeof b === "number") {
            expect(change.figures[metric].difference).toBeCloseTo(b - a, 9);
          }
        }
        compared++;
      }
    }
  }

  // The watchlist: now, one and four windows back, the course of a month and the last rank.
  const { items } = await readWatchlist(ctx, listId, watchViewInputSchema.parse({ figures: ["ctrPct"] }));
  for (const item of items) {
    const seen = raw.flatMap((page) => {
      const found = page.window === "7" ? standing(page, item.categoryId) : null;
      return found ? [{ ...found, day: page.day, id: page.id }] : [];
    });
    const last = seen.at(-1);
    const atMost = (day: number) => seen.findLast((one) => one.day <= day);
    expect(item.current).toMatchObject({ receiptId: last?.id, figures: figuresOf(last?.row as RawRow) });
    expect(item.lastRank?.rank).toBe(last?.rank);
    const bases = [1, 4].flatMap((windows) => {
      const base = atMost((last?.day ?? 0) - windows * 7);
      return base ? [[windows, figuresOf(base.row)]] : [];
    });
    expect(item.before.map(({ windows, figures }) => [windows, figures])).toEqual(bases);
    expect(item.series.map(({ values }) => values.ctrPct)).toEqual(
      seen.filter(({ day }) => day > (last?.day ?? 0) - 30).map(({ row }) => row.ctr),
    );
    compared += item.series.length;
  }
  expect(compared).toBeGreaterThan(1000);
  await expectExact(ctx);
});
