import { beforeEach, describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { expectExact, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { moveClock } from "@/lib/testing/sent-request";
import { backfillCategory, backfillSearch } from "./backfill";
import { backfillCategorySchema, backfillOrderSchema } from "./backfill-schemas";
import { createSearch } from "./create-search";
import { executeRun } from "./execute-run";
import { readCategoryBackfill, readSearchBackfill } from "./read-backfill";
import { readRun } from "./read-run";
import { readSearch } from "./read-searches";
import { createSearchSchema } from "./schemas";

const given = purchases();

/** Noon of 26 November 2026, by the application's clock. */
beforeEach(() =>
  given.database.superuserPool.query(
    "update app_clock set offset_seconds = extract(epoch from timestamptz '2026-11-26 12:00Z' - now())::int",
  ),
);

const windowOf = (path: string) => new URL(path, "http://x").searchParams.get("time_scope") ?? "";
const asked = () => given.upstream.seen.map(({ path }) => windowOf(path));

/** The upstream answers months back to this one with a row of as many posts as the month's number, older ones empty. */
const answerBackTo = (first: string, rows = 1) =>
  given.upstream.answer((request, response) => {
    const month = windowOf(request.url ?? "");
    const list =
      month < first ? [] : [wireRow(1, { third_ecom_category: { id: "101" }, post: Number(month.slice(5)) })];
    const pagination = { page: 1, size: list.length, total: month < first ? 0 : rows, has_more: false };
    json(response, 200, wirePage([], { data: { list, pagination } }));
  });

const order = (over: object = {}) => backfillCategorySchema.parse({ region: "US", months: 4, ...over });
const dry = (ctx: TeamContext, over: object = {}) => backfillCategory(ctx, "101", order({ dryRun: true, ...over }));

async function through(ctx: TeamContext, answer: Awaited<ReturnType<typeof backfillCategory>>) {
  if (!("runId" in answer)) throw new Error("It was a dry run");
  await executeRun(ctx.team.id, answer.runId, new AbortController().signal);
  return readRun(ctx, answer.runId);
}
const backfill = async (ctx: TeamContext, over: object = {}) =>
  through(ctx, await backfillCategory(ctx, "101", order(over)));

describe("a backfill of a category", () => {
  test("names its price, buys the months that ended, newest first, and joins them as a monthly series", async () => {
    const ctx = await makeTeam();
    answerBackTo("2026-01");
    expect(await dry(ctx)).toMatchObject({
      credits: 8,
      requests: ["2026-10", "2026-09", "2026-08", "2026-07"].map((window) => ({
        region: "US",
        window,
        category: "101",
      })),
    });
    expect(asked()).toEqual([]);
    const run = await backfill(ctx);
    expect(run).toMatchObject({ kind: "backfill", categoryId: "101", region: "US", state: "done", creditsSpent: 8 });
    expect(asked()).toEqual(["2026-10", "2026-09", "2026-08", "2026-07"]);
    const input = historyInputSchema.parse({ region: "US", window: "month" });
    const { points } = await readCategoryHistory(ctx, "101", input);
    expect(points.map(({ window, posts, rank }) => [window, posts, rank])).toEqual([
      ["2026-07", 7, null],
      ["2026-08", 8, null],
      ["2026-09", 9, null],
      ["2026-10", 10, null],
    ]);
    await expectExact(ctx);
  });

  test("never buys a closed month again, however old; the running one when it is old", async () => {
    const ctx = await makeTeam();
    answerBackTo("2026-01");
    expect(await backfill(ctx, { running: true })).toMatchObject({ creditsSpent: 10 });
    expect(await dry(ctx, { running: true })).toMatchObject({ credits: 0 });
    await moveClock(given.database, 3 * 86_400);
    expect(await dry(ctx, { running: true })).toMatchObject({ credits: 2, requests: [{ window: "2026-11" }] });
    // November ends and closes: it is asked once more, the others never.
    await moveClock(given.database, 8 * 86_400);
    expect(await dry(ctx)).toMatchObject({ credits: 2, requests: [{ window: "2026-11" }] });
    await backfill(ctx);
    await moveClock(given.database, 20 * 86_400);
    expect(await dry(ctx)).toMatchObject({ credits: 0 });
    await expectExact(ctx);
  });

  test.each([
    ["an empty list", 2, () => answerBackTo("2026-09")],
    [
      "that it has no data",
      0,
      () =>
        given.upstream.answer((request, response) => {
          const isGone = windowOf(request.url ?? "") < "2026-09";
          const data = { code: 50004, msg: "no available es index" };
          json(response, 200, isGone ? wirePage([], { data }) : wirePage([wireRow(1)]));
        }),
    ],
  ])("ends with the first month that answers %s, and tells so", async (_what, credits, answer) => {
    const ctx = await makeTeam();
    answer();
    const run = await backfill(ctx, { months: 12 });
    expect(run).toMatchObject({ state: "done", creditsSpent: 4 + credits, failed: 0, problem: "no_older_months" });
    expect(asked()).toEqual(["2026-10", "2026-09", "2026-08"]);
    await expectExact(ctx);
  });

  test("does not ask again behind a month that was stored empty", async () => {
    const ctx = await makeTeam();
    answerBackTo("2026-09");
    await backfill(ctx, { months: 12 });
    expect(await dry(ctx, { months: 12 })).toEqual({ credits: 0, requests: [] });
    const { months, lastRun } = await readCategoryBackfill(ctx, "101", "US");
    expect(months.map(({ month, isRunning, isEnd, credits }) => [month, isRunning, isEnd, credits])).toEqual([
      ["2026-11", true, false, 2],
      ["2026-10", false, false, 0],
      ["2026-09", false, false, 0],
      ["2026-08", false, true, 0],
    ]);
    expect(lastRun).toMatchObject({ kind: "backfill", state: "done" });
  });

  test("goes on after a failure with what is missing, and never above its price", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((request, response) => {
      const isBad = windowOf(request.url ?? "") === "2026-09";
      if (isBad) json(response, 500, { code: 500, message: "Internal server error", data: null });
      else json(response, 200, wirePage([wireRow(1)]));
    });
    expect(await backfill(ctx, { months: 3 })).toMatchObject({ state: "failed", creditsSpent: 4, failed: 1 });
    answerBackTo("2026-01");
    expect(await dry(ctx, { months: 3 })).toMatchObject({ credits: 2, requests: [{ window: "2026-09" }] });
    expect(await backfill(ctx, { months: 4, maxCredits: 2 })).toMatchObject({
      problem: "max_credits",
      creditsSpent: 2,
    });
  });

  test("is one run for one Idempotency-Key, of one category in one region", async () => {
    const ctx = await makeTeam();
    const first = await backfillCategory(ctx, "101", order(), "press");
    expect(await backfillCategory(ctx, "101", order(), "press")).toEqual(first);
    for (const [id, over] of [
      ["102", {}],
      ["101", { region: "GB" }],
      ["101", { months: 3 }],
    ] as const) {
      await expect(backfillCategory(ctx, id, order(over), "press")).rejects.toMatchObject({ code: "conflict" });
    }
  });

  test("is seen by the team, priced for viewers too, and started by those who may buy", async () => {
    const owner = await makeTeam();
    const viewer = await makeMember(owner, "viewer");
    const run = await backfill(owner);
    expect(await readRun(viewer, run.id)).toMatchObject({ id: run.id });
    expect((await readCategoryBackfill(viewer, "101", "US")).lastRun).toMatchObject({ id: run.id });
    expect((await readCategoryBackfill(viewer, "101", "GB")).lastRun).toBeNull();
    await expect(dry(viewer)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("above the amount that the team wants confirmed starts only when it is", async () => {
    const ctx = await makeTeam();
    await asTeam(ctx.team.id, (tx) => tx.team.update({ where: { id: ctx.team.id }, data: { confirmAboveCredits: 6 } }));
    await expect(backfillCategory(ctx, "101", order())).rejects.toMatchObject({
      details: { reason: "confirm_needed", priceCredits: 8 },
    });
    expect(await backfill(ctx, { confirmed: true })).toMatchObject({ creditsSpent: 8 });
  });
});

describe("a backfill of a saved search", () => {
  const save = (ctx: TeamContext, over: object = {}) =>
    createSearch(ctx, createSearchSchema.parse({ name: "All", region: "US", window: "7", pages: 3, ...over }));

  test("buys each page of each month down to its end, and is not the search's own last run", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((request, response) => {
      const page = Number(new URL(request.url ?? "", "http://x").searchParams.get("page"));
      const pagination = { page, size: 20, total: 27, has_more: page < 2 };
      json(response, 200, wirePage([], { data: { list: [wireRow(page)], pagination } }));
    });
    const { id } = await save(ctx);
    const two = backfillOrderSchema.parse({ months: 2 });
    expect(await backfillSearch(ctx, id, { ...two, dryRun: true })).toMatchObject({ credits: 12 });
    const run = await through(ctx, await backfillSearch(ctx, id, two));
    expect(run).toMatchObject({ state: "done", bought: 4, skipped: 2, creditsSpent: 8, searchId: id });
    expect(asked()).toEqual(["2026-10", "2026-10", "2026-09", "2026-09"]);
    expect((await readSearch(ctx, id)).lastRun).toBeNull();
    const { months, lastRun } = await readSearchBackfill(ctx, id);
    expect(lastRun).toMatchObject({ id: run.id });
    expect(months.slice(0, 4).map(({ pages, storedPages, credits }) => [pages, storedPages, credits])).toEqual([
      [3, 0, 6],
      [2, 2, 0],
      [2, 2, 0],
      [3, 0, 6],
    ]);
    const { rows } = await given.database.superuserPool.query(
      "select distinct search_id, purpose from credit_request where team_id = $1",
      [ctx.team.id],
    );
    expect(rows).toEqual([{ search_id: id, purpose: "search" }]);
  });

  test("that is private is its maker's alone", async () => {
    const owner = await makeTeam();
    const analyst = await makeMember(owner, "analyst");
    const { id } = await save(analyst, { shared: false });
    const one = backfillOrderSchema.parse({ months: 1 });
    await expect(backfillSearch(owner, id, one)).rejects.toMatchObject({ code: "not_found" });
    await expect(readSearchBackfill(owner, id)).rejects.toMatchObject({ code: "not_found" });
  });
});
