import { beforeEach, describe, expect, test } from "vitest";
import * as namesCsv from "@/app/api/v1/categories/names.csv/route";
import * as searchChangesCsv from "@/app/api/v1/searches/[id]/changes.csv/route";
import * as searchMonthsCsv from "@/app/api/v1/searches/[id]/months.csv/route";
import * as searchRankingCsv from "@/app/api/v1/searches/[id]/ranking.csv/route";
import * as searchesCsv from "@/app/api/v1/searches.csv/route";
import * as watchItemsCsv from "@/app/api/v1/watchlists/[id]/items.csv/route";
import * as watchlistsCsv from "@/app/api/v1/watchlists.csv/route";
import type { TeamContext } from "@/lib/auth/context";
import { saveCategoryName } from "@/lib/insights/save-category-name";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { purchases } from "@/lib/testing/purchases";
import { savedFile } from "@/lib/testing/saved-file";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { moveClock } from "@/lib/testing/sent-request";
import { addWatchItem } from "@/lib/tracking/add-watch-item";
import { backfillSearch } from "@/lib/tracking/backfill";
import { backfillOrderSchema } from "@/lib/tracking/backfill-schemas";
import { createSearch } from "@/lib/tracking/create-search";
import { createWatchlist } from "@/lib/tracking/create-watchlist";
import { executeRun } from "@/lib/tracking/execute-run";
import { runSearch } from "@/lib/tracking/run-search";
import { addWatchItemSchema, createSearchSchema, createWatchlistSchema } from "@/lib/tracking/schemas";

const given = purchases();
beforeEach(() => given.database.superuserPool.query("update app_clock set offset_seconds = 0"));

const category = (place: number, id: string, over: object = {}) =>
  wireRow(place, { third_ecom_category: { id, parent_id: "848648", value: `Category ${id}` }, ...over });
const answerWith = (...rows: unknown[]) =>
  given.upstream.answer((_request, response) => {
    const pagination = { page: 1, size: rows.length, total: rows.length, has_more: false };
    json(response, 200, wirePage([], { data: { list: rows, pagination } }));
  });

async function run(ctx: TeamContext, id: string) {
  const answer = await runSearch(ctx, id, { maxAgeMinutes: 0, maxCredits: 10 });
  if (!("runId" in answer)) throw new Error("It was a dry run");
  await executeRun(ctx.team.id, answer.runId, new AbortController().signal);
}
const save = (ctx: TeamContext, over: object = {}) =>
  createSearch(ctx, createSearchSchema.parse({ name: "All", region: "US", window: "7", pages: 1, ...over }));

const UUID = /^[0-9a-f-]{36}$/;

describe("a saved file", () => {
  test("of the searches has each with its question, its last run and its price, and no formula", async () => {
    const ctx = await makeTeam();
    const { id } = await save(ctx, { name: '=1+1, "x"', tags: ["a", "b"], q: "mist" });
    const { rows, words, keys } = await savedFile(ctx, searchesCsv.GET);
    expect(words).toHaveLength(keys.length);
    expect(rows).toMatchObject([
      {
        search_id: id,
        name: '\'=1+1, "x"',
        keyword: "mist",
        pages: "1",
        tags: "a, b",
        visible: "team",
        run_credits: "2",
      },
    ]);
    expect(rows[0]?.last_run_at).toBe("");
    answerWith(category(1, "101"));
    await run(ctx, id);
    const [after] = (await savedFile(ctx, searchesCsv.GET)).rows;
    expect(after).toMatchObject({ last_run_state: "done", stored_pages: "1", run_credits: "0" });
    expect(Date.parse(after?.last_run_at ?? "")).toBeGreaterThan(0);
  });

  test("of a ranking has raw numbers, empty cells for what is missing, and each row's request", async () => {
    const ctx = await makeTeam();
    const { id } = await save(ctx);
    answerWith(category(1, "101", { post: 11_500, ctr: 1.83, cpa: null }), category(2, "102", { like: 0 }));
    await run(ctx, id);
    const { rows } = await savedFile(ctx, searchRankingCsv.GET, id);
    expect(rows).toMatchObject([
      {
        position: "1",
        rank: "1",
        category_id: "101",
        category: "Category 101",
        posts: "11500",
        ctr_pct: "1.83",
        cpa: "",
      },
      { position: "2", category_id: "102", likes: "0", page: "1" },
    ]);
    const { rows: requests } = await given.database.superuserPool.query(
      "select id from credit_request where team_id = $1",
      [ctx.team.id],
    );
    expect(rows.map(({ request_id }) => request_id)).toEqual([requests[0].id, requests[0].id]);
  });

  test("of changes has a line for each category and figure, with both moments and their difference", async () => {
    const ctx = await makeTeam();
    const { id } = await save(ctx);
    answerWith(category(1, "101", { ctr: 1.5 }), category(2, "102"));
    await run(ctx, id);
    await moveClock(given.database, 8 * 86_400);
    answerWith(category(1, "103"), category(2, "101", { ctr: 1.51 }));
    await run(ctx, id);
    const { rows } = await savedFile(ctx, searchChangesCsv.GET, id, { compare: "previous" });
    const of = (category_id: string, figure: string) =>
      rows.find((row) => row.category_id === category_id && row.figure === figure);
    expect(rows).toHaveLength(3 * 11);
    expect(of("101", "ctr_pct")).toMatchObject({
      change: "down",
      position_before: "1",
      position_after: "2",
      moved: "-1",
      before: "1.5",
      after: "1.51",
      difference: "0.01",
      within_rounding: "yes",
    });
    expect(of("103", "posts")).toMatchObject({ change: "new", position_before: "", before: "", difference: "" });
    expect(of("102", "posts")).toMatchObject({ change: "gone", after: "", position_after: "" });
    const [first] = rows;
    const apart = Date.parse(first?.after_fetched_at ?? "") - Date.parse(first?.before_fetched_at ?? "");
    expect(apart).toBeGreaterThan(7 * 86_400_000);
    expect(of("101", "posts")?.before_request_id).toMatch(UUID);
    expect(of("101", "posts")?.request_id).toMatch(UUID);
    expect(of("103", "posts")).toMatchObject({ before_request_id: "", request_id: of("101", "posts")?.request_id });
  });

  test("of a watchlist has every item in its order, figures now and a window before, and the team's own names", async () => {
    const ctx = await makeTeam();
    const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Beauty" }));
    for (const [categoryId, note] of [
      ["101", "@watch"],
      ["999", ""],
    ] as const) {
      await addWatchItem(ctx, list.id, addWatchItemSchema.parse({ categoryId, region: "US", note, tags: ["x", "y"] }));
    }
    await saveCategoryName(ctx, "101", { name: "香水", aliases: [] });
    const { id } = await save(ctx);
    answerWith(category(1, "101", { post: 9_000 }));
    await run(ctx, id);
    await moveClock(given.database, 8 * 86_400);
    answerWith(category(1, "102"), category(2, "101", { post: 11_500, cpa: null }));
    await run(ctx, id);
    const { rows, words, keys } = await savedFile(ctx, watchItemsCsv.GET, list.id);
    expect(words).toHaveLength(keys.length);
    expect(rows).toMatchObject([
      {
        place: "1",
        category_id: "101",
        category: "香水",
        provider_name: "Category 101",
        level_1: "Beauty & Personal Care",
        region: "US",
        window: "7",
        note: "'@watch",
        tags: "x, y",
        last_rank: "2",
        posts: "11500",
        cpa: "",
        posts_before: "9000",
        cpa_before: "4.92",
      },
      { place: "2", category_id: "999", category: "", posts: "", fetched_at: "", last_rank: "" },
    ]);
    const thirty = await savedFile(ctx, watchItemsCsv.GET, list.id, { window: "30" });
    expect(thirty.rows.map(({ window, posts }) => [window, posts])).toEqual([
      ["30", ""],
      ["30", ""],
    ]);
    expect((await savedFile(ctx, watchItemsCsv.GET, list.id, { tag: "z" })).rows).toEqual([]);
  });

  test("of the lists and of the own names has each that its reader sees, with its items and aliases", async () => {
    const ctx = await makeTeam();
    const chen = await makeMember(ctx, "analyst");
    const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Beauty", window: "30" }));
    await createWatchlist(chen, createWatchlistSchema.parse({ name: "Mine", shared: false }));
    await addWatchItem(ctx, list.id, addWatchItemSchema.parse({ categoryId: "101", region: "US" }));
    expect((await savedFile(ctx, watchlistsCsv.GET)).rows).toMatchObject([
      { watchlist_id: list.id, name: "Beauty", window: "30", visible: "team", items: "1", without_data: "1" },
    ]);
    await saveCategoryName(ctx, "101", { name: "香水", aliases: ["scent", "eau"] });
    expect((await savedFile(ctx, namesCsv.GET)).rows).toMatchObject([
      { category_id: "101", name: "香水", aliases: "scent, eau" },
    ]);
  });

  test("of a search's months has a line for each category and month, oldest first", async () => {
    const ctx = await makeTeam();
    const { id } = await save(ctx);
    expect((await savedFile(ctx, searchMonthsCsv.GET, id)).rows).toEqual([]);
    answerWith(category(1, "101", { post: 7 }), category(2, "102", { post: null }));
    const order = await backfillSearch(ctx, id, backfillOrderSchema.parse({ months: 2 }));
    if (!("runId" in order)) throw new Error("It was a dry run");
    await executeRun(ctx.team.id, order.runId, new AbortController().signal);
    const { rows, words, keys } = await savedFile(ctx, searchMonthsCsv.GET, id);
    expect(words).toHaveLength(keys.length);
    expect(rows.map(({ category_id, posts, rank }) => [category_id, posts, rank])).toEqual([
      ["101", "7", "1"],
      ["101", "7", "1"],
      ["102", "", "2"],
      ["102", "", "2"],
    ]);
    expect((rows[0]?.month ?? "") < (rows[1]?.month ?? "")).toBe(true);
    const { rows: bought } = await given.database.superuserPool.query(
      "select id from credit_request where team_id = $1",
      [ctx.team.id],
    );
    expect(new Set(rows.map(({ request_id }) => request_id))).toEqual(new Set(bought.map((one) => one.id)));
    expect(Date.parse(rows[0]?.fetched_at ?? "")).toBeGreaterThan(0);
  });

  test("of a list of more than one page has all of it", async () => {
    const ctx = await makeTeam();
    const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Many" }));
    await given.database.superuserPool.query(
      `insert into watch_item (team_id, id, watchlist_id, category_id, region, place, added_at)
       select $1, gen_random_uuid(), $2, n::text, 'US', n, now() from generate_series(1, 230) n`,
      [ctx.team.id, list.id],
    );
    const { rows } = await savedFile(ctx, watchItemsCsv.GET, list.id);
    expect(rows.map(({ category_id }) => category_id)).toEqual(Array.from({ length: 230 }, (_, n) => `${n + 1}`));
  });
});
