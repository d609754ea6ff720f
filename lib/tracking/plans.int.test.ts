import { beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { readMonthlySeries } from "@/lib/insights/read-monthly-series";
import { makeTeam } from "@/lib/testing/factories";
import { purchases } from "@/lib/testing/purchases";
import { sentPlans } from "@/lib/testing/sent-plans";
import { fillHistory, historyCategory } from "@/lib/testing/synthetic-history";
import { createSearch } from "./create-search";
import { createWatchlist } from "./create-watchlist";
import { executeRun } from "./execute-run";
import { exportWatchlist } from "./export-watchlist";
import { findThings } from "./find-things";
import { readCategoryBackfill, readSearchBackfill } from "./read-backfill";
import { readChanges } from "./read-changes";
import { readRuns } from "./read-runs";
import { readSearches, readSearchesPage } from "./read-searches";
import { readWatched } from "./read-watched";
import { readWatchlist } from "./read-watchlist";
import { readWatchlistItems } from "./read-watchlist-items";
import { readWatchlists } from "./read-watchlists";
import { runSearch } from "./run-search";
import { createSearchSchema, createWatchlistSchema } from "./schemas";
import { watchViewInputSchema } from "./watch-view";

const given = purchases();
let ctx: TeamContext;
let searchId: string;
let listId: string;

/** Tables that grow without end: none of them is ever read from its first row to its last. */
const LARGE = ["saved_search", "watchlist", "watch_item", "run", "run_step", "ranking_row", "snapshot", "flight"];

beforeAll(async () => {
  ctx = await makeTeam();
  const other = await makeTeam();
  const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Beauty" }));
  const search = await createSearch(
    ctx,
    createSearchSchema.parse({ name: "All", region: "US", window: "7", pages: 3 }),
  );
  [searchId, listId] = [search.id, list.id];
  for (let times = 0; times < 2; times++) {
    const answer = await runSearch(ctx, searchId, { maxAgeMinutes: 0 });
    if ("runId" in answer) await executeRun(ctx.team.id, answer.runId, new AbortController().signal);
  }
  const shape = { categories: 100, regions: ["US"], days: 60 };
  await fillHistory(given.database.superuserPool, ctx, { ...shape, window: "7" });
  await fillHistory(given.database.superuserPool, other, { ...shape, window: "7" });
  const fill = await given.database.superuserPool.connect();
  await fill.query("set session_replication_role = replica");
  await fill.query(
    `insert into watch_item (team_id, id, watchlist_id, category_id, region, place, added_at)
     select $1, gen_random_uuid(), $2, (700000 + n)::text, 'US', n, now() from generate_series(1, 100) n`,
    [ctx.team.id, listId],
  );
  // Of another team, so many that only an index pays.
  await fill.query(
    `insert into saved_search (team_id, id, upstream, name, region, "window", pages, created_at, updated_at)
       select '${other.team.id}', gen_random_uuid(), 'sandbox', 'x', 'US', '7', 1, now(), now() from generate_series(1, 5000);
     insert into watchlist (team_id, id, upstream, name, created_at, updated_at)
       select '${other.team.id}', gen_random_uuid(), 'sandbox', 'x', now(), now() from generate_series(1, 5000);
     insert into watch_item (team_id, id, watchlist_id, category_id, region, added_at)
       select team_id, gen_random_uuid(), id, c::text, 'US', now() from watchlist, generate_series(1, 5) c
       where team_id = '${other.team.id}';
     insert into run (team_id, id, upstream, kind, search_id, member_id, input_hash, max_age_minutes, max_credits, state,
         requested_at, finished_at)
       select team_id, gen_random_uuid(), 'sandbox', 'search', id, '${other.member.id}', '', 0, 0, 'done', now(), now()
       from saved_search where team_id = '${other.team.id}';
     insert into run_step (team_id, run_id, seq, region, "window", page, state, ended_at)
       select team_id, id, seq, 'US', '7', seq, 'bought', now() from run, generate_series(1, 5) seq
       where team_id = '${other.team.id}';
     insert into flight (team_id, question_key) select '${other.team.id}', n::text from generate_series(1, 20000) n;
     set session_replication_role = origin;
     analyze`,
  );
  fill.release();
}, 300_000);

const plansOf = (read: () => Promise<unknown>) => sentPlans(given.database.appPool, ctx.team.id, read);

describe("with tables so large that it matters, no index is missed", () => {
  const view = watchViewInputSchema.parse({});
  const READS: Record<string, () => Promise<unknown>> = {
    "by the list of searches": () => readSearches(ctx),
    "by a page of the searches": () => readSearchesPage(ctx, { q: "", page: 2 }),
    "by a page of the searches found": () => readSearchesPage(ctx, { q: "Beau", page: 1 }),
    "by a search's runs": () => readRuns(ctx, searchId, 30),
    "by what changed": () => readChanges(ctx, searchId, { compare: "previous" }),
    "by the list of watchlists": () => readWatchlists(ctx),
    "by a watchlist's table": () => readWatchlist(ctx, listId, view),
    "by a watchlist's items": () => readWatchlistItems(ctx, listId),
    "by a watchlist's file": async () => {
      for await (const _ of (await exportWatchlist(ctx, listId, view)).batches);
    },
    "by the stars of a table": () =>
      readWatched(
        ctx,
        [1, 2, 3].map((nth) => ({ categoryId: historyCategory(nth), region: "US" })),
      ),
    "by what is looked up by name": () => findThings(ctx, { q: "Beau" }),
    "by a category's history": () =>
      readCategoryHistory(ctx, historyCategory(5), historyInputSchema.parse({ region: "US", window: "7" })),
    "by a category's months": () =>
      readCategoryHistory(ctx, historyCategory(5), historyInputSchema.parse({ region: "US", window: "month" })),
    "by the months of a ranking": () =>
      readMonthlySeries(ctx, { region: "US", months: ["2026-10", "2026-09"], categoryIds: [historyCategory(5)] }),
    "by a category's backfill": () => readCategoryBackfill(ctx, historyCategory(5), "US"),
    "by a search's backfill": () => readSearchBackfill(ctx, searchId),
  };

  test.each(Object.entries(READS))("%s", async (_name, read) => {
    for (const plan of await plansOf(read)) {
      for (const table of LARGE) expect(plan).not.toMatch(new RegExp(`Seq Scan on ${table}\\b`));
    }
  });

  test("and the look sees a table that is read whole", async () => {
    const { rows } = await given.database.superuserPool.query("explain select * from run_step where page = 3");
    expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toMatch(/Seq Scan on run_step\b/);
  });
});
