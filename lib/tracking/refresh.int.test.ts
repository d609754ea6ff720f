import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { readSummary } from "@/lib/credits/read-summary";
import { setLimit } from "@/lib/credits/set-limit";
import { updateCreditSettings } from "@/lib/credits/update-credit-settings";
import { buyPage } from "@/lib/insights/buy-page";
import { removeKey } from "@/lib/teams/remove-key";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, expectExact, explore, purchases } from "@/lib/testing/purchases";
import { askedOf, scriptedMarket } from "@/lib/testing/scripted-market";
import { type Exchange, json } from "@/lib/testing/scripted-upstream";
import { withWorkerProcess } from "@/lib/testing/with-worker-process";
import { addWatchItem } from "./add-watch-item";
import { createSearch } from "./create-search";
import { createWatchlist } from "./create-watchlist";
import { deleteWatchlist } from "./delete-watchlist";
import { executeRun } from "./execute-run";
import { readChanges } from "./read-changes";
import { readRefresh } from "./read-refresh";
import { readRefreshRun } from "./read-refresh-run";
import { readRun } from "./read-run";
import { readRuns } from "./read-runs";
import { readWatchlist } from "./read-watchlist";
import { refreshWatchlists } from "./refresh-watchlists";
import {
  addWatchItemSchema,
  changesInputSchema,
  createSearchSchema,
  createWatchlistSchema,
  type RefreshPlanView,
  type RunOrderInput,
} from "./schemas";
import { stopRun } from "./stop-run";
import { watchViewInputSchema } from "./watch-view";

const given = purchases();
const never = () => new AbortController().signal;
const ids = (count: number) => Array.from({ length: count }, (_, index) => String(1001 + index));

const daysLater = (days: number) =>
  given.database.superuserPool.query("update app_clock set offset_seconds = $1", [days * 86_400]);
afterEach(() => daysLater(0));

let market: ReturnType<typeof scriptedMarket>;
beforeEach(() => {
  market = scriptedMarket({ US: ids(100), GB: ids(40) });
  given.upstream.answer(market.exchange);
});

async function listOf(ctx: TeamContext, categories: string[], over: Record<string, unknown> = {}, region = "US") {
  const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Beauty", ...over }));
  for (const categoryId of categories) {
    await addWatchItem(ctx, list.id, addWatchItemSchema.parse({ categoryId, region }));
  }
  return list.id;
}

const buyPages = async (ctx: TeamContext, pages: number[], region = "US") => {
  for (const page of pages) await buyPage(ctx, ask({ region, page, maxAgeMinutes: 0 }), explore);
  given.upstream.seen.length = 0;
};

const only = (id: string) => ({ watchlists: [id], searches: [] });
const dry = (ctx: TeamContext, id: string, input: RunOrderInput = {}) =>
  refreshWatchlists(ctx, only(id), { ...input, dryRun: true }) as Promise<RefreshPlanView>;

async function start(
  ctx: TeamContext,
  target: { watchlists: string[]; searches: string[] },
  input: RunOrderInput = {},
) {
  const answer = await refreshWatchlists(ctx, target, input);
  if (!("runId" in answer)) throw new Error("A refresh was only planned");
  return answer.runId;
}

async function refresh(ctx: TeamContext, id: string, input: RunOrderInput = {}) {
  const runId = await start(ctx, only(id), input);
  await executeRun(ctx.team.id, runId, never());
  return readRun(ctx, runId);
}

const anew = { maxAgeMinutes: 0 };

describe("a plan", () => {
  test("names pages and categories with what they renew, and its price beside that of one by one", async () => {
    const ctx = await makeTeam();
    await buyPages(ctx, [1, 2, 3, 4, 5]);
    const list = await listOf(ctx, ["1001", "1002", "1003", "1045", "1046", "7777"]);
    const plan = await dry(ctx, list, anew);
    expect(plan).toMatchObject({ credits: 6, oneByOneCredits: 12, items: { total: 6, fresh: 0, due: 6, left: [] } });
    expect(plan.requests).toMatchObject([
      {
        region: "US",
        window: "7",
        category: null,
        page: 1,
        items: [{ categoryId: "1001", name: "Name 1001" }, {}, {}],
      },
      { category: null, page: 3, items: [{ categoryId: "1045" }, { categoryId: "1046" }], ifMissing: false },
      { category: "7777", page: 1, items: [{ categoryId: "7777", name: null }] },
    ]);
    expect(await dry(ctx, list)).toMatchObject({ credits: 2, oneByOneCredits: 2, items: { fresh: 5, due: 1 } });
    expect(await dry(ctx, list, { ...anew, maxCredits: 3 })).toMatchObject({
      credits: 2,
      items: { left: [{ categoryId: "1045", region: "US" }, { categoryId: "1046" }, { categoryId: "7777" }] },
    });
    expect(given.upstream.seen).toHaveLength(0);
  });

  test("is seen by every member who sees the list, and bought by those who may buy", async () => {
    const owner = await makeTeam();
    const list = await listOf(owner, ["1001"]);
    const hidden = await listOf(owner, ["1001"], { shared: false });
    const viewer = await makeMember(owner, "viewer");
    const analyst = await makeMember(owner, "analyst");
    expect(await readRefresh(viewer, only(list))).toMatchObject({ credits: 2 });
    await expect(refreshWatchlists(viewer, only(list), {})).rejects.toMatchObject({ code: "forbidden" });
    expect(await dry(analyst, list)).toMatchObject({ credits: 2 });
    await expect(dry(analyst, hidden)).rejects.toMatchObject({ code: "not_found" });
    await expect(dry(await makeTeam(), list)).rejects.toMatchObject({ code: "not_found" });
    await deleteWatchlist(owner, list);
    await expect(dry(owner, list)).rejects.toMatchObject({ code: "not_found" });
  });

  test("of a thousand items takes a handful of statements", async () => {
    const ctx = await makeTeam();
    market.rankings.US = ids(500);
    await buyPages(
      ctx,
      Array.from({ length: 25 }, (_, index) => index + 1),
    );
    const list = await listOf(ctx, []);
    await asTeam(ctx.team.id, (tx) =>
      tx.watchItem.createMany({
        data: ["US", "GB"].flatMap((region) =>
          ids(500).map((categoryId, place) => ({
            teamId: ctx.team.id,
            watchlistId: list,
            categoryId,
            region,
            place,
            addedAt: new Date(),
          })),
        ),
      }),
    );
    const sent = vi.spyOn(pg.Client.prototype, "query");
    const plan = await dry(ctx, list, anew);
    const statements = sent.mock.calls.length;
    sent.mockRestore();
    expect(statements).toBeGreaterThan(3);
    expect(statements).toBeLessThan(20);
    expect(plan.items).toMatchObject({ total: 1000, due: 1000 });
    // The whole ranking of the US page by page; of GB nothing is known, so pages are the cheapest there too.
    expect(plan.credits).toBeLessThan(150);
  });
});

describe("a refresh", () => {
  test("asks what its plan said, renews every item, and counts under the list's name", async () => {
    const ctx = await makeTeam();
    await buyPages(ctx, [1, 2, 3]);
    const list = await listOf(ctx, ["1001", "1002", "1021", "1022", "1023", "7777"]);
    const run = await refresh(ctx, list, anew);
    expect(run).toMatchObject({
      kind: "watchlist",
      watchlistId: list,
      state: "done",
      creditsSpent: 6,
      maxCredits: 6,
      items: { total: 6, renewed: 5, absent: 1 },
      problem: null,
    });
    expect(askedOf(given.upstream.seen)).toEqual(["page 2", "page 1", "7777"]);
    const { groups } = await readSummary(ctx, { groupBy: "search" });
    expect(groups).toContainEqual(expect.objectContaining({ name: "Beauty", spent: 6 }));
    expect((await readSummary(ctx, { groupBy: "purpose" })).groups).toContainEqual(
      expect.objectContaining({ key: "watchlist", spent: 6 }),
    );
    expect(await dry(ctx, list)).toMatchObject({
      credits: 0,
      requests: [],
      items: { fresh: 5, due: 0, absent: [{ categoryId: "7777", region: "US", window: "7" }] },
    });
    await expectExact(ctx);
  });

  test("with nothing to do is done at once and costs nothing", async () => {
    const ctx = await makeTeam();
    await buyPages(ctx, [1]);
    const list = await listOf(ctx, ["1001"]);
    expect(await refresh(ctx, list)).toMatchObject({ state: "done", creditsSpent: 0, items: { renewed: 1 } });
    expect(given.upstream.seen).toHaveLength(0);
  });

  test("asks for an item that left its page where that is cheapest, and no page twice", async () => {
    const ctx = await makeTeam();
    await buyPages(ctx, [1, 2, 3]);
    await daysLater(9);
    const list = await listOf(ctx, ["1015", "1016", "1017", "1018"]);
    // All four fell to the second page.
    market.rankings.US = [
      ...ids(100)
        .filter((id) => !/^101[5678]$/.test(id))
        .slice(0, 25),
      "1015",
      "1016",
      "1017",
      "1018",
    ];
    const run = await refresh(ctx, list);
    expect(run).toMatchObject({ state: "done", items: { renewed: 4 } });
    expect(askedOf(given.upstream.seen)).toEqual(["page 1", "page 2"]);
  });

  test("spends no more than its price on items that moved, says what it leaves, and goes on for the rest", async () => {
    const ctx = await makeTeam();
    await buyPages(ctx, [1, 4]);
    const list = await listOf(ctx, ["1001", "1002", "1070", "1071"]);
    await daysLater(2);
    market.rankings.US = ["1", "2", ...ids(100).slice(2), "1001", "1002"];
    const run = await refresh(ctx, list, { maxCredits: 4 });
    expect(run).toMatchObject({
      state: "failed",
      problem: "max_credits",
      creditsSpent: 4,
      items: { total: 4, renewed: 2, absent: 0 },
    });
    expect(await dry(ctx, list)).toMatchObject({ items: { due: 2 }, oneByOneCredits: 4 });
    expect(await refresh(ctx, list)).toMatchObject({ state: "done", creditsSpent: 4, items: { renewed: 4 } });
    expect(new Set(askedOf(given.upstream.seen)).size).toBe(given.upstream.seen.length);
  });

  test("asks for a category that vanished by itself, says that it is gone, and does not ask again", async () => {
    const ctx = await makeTeam();
    await buyPages(ctx, [1]);
    const list = await listOf(ctx, ["1001", "1002", "1003"]);
    market.rankings.US = ids(100).filter((id) => id !== "1002");
    market.names.set("1003", "Another name upstream");
    const run = await refresh(ctx, list, { ...anew, maxCredits: 6 });
    expect(run).toMatchObject({ state: "done", creditsSpent: 4, items: { total: 3, renewed: 2, absent: 1 } });
    expect(askedOf(given.upstream.seen)).toEqual(["page 1", "1002"]);
    const view = await readWatchlist(ctx, list, watchViewInputSchema.parse({}));
    expect(view.items.map(({ name }) => name)).toEqual(["Name 1001", "Name 1002", "Another name upstream"]);
  });

  test("keeps what it has when a page fails, leaves what stands there, and goes on", async () => {
    const ctx = await makeTeam();
    await buyPages(ctx, [1, 2]);
    const list = await listOf(ctx, ["1001", "1002", "1003", "1021", "1022"]);
    await daysLater(2);
    const failing: Exchange = (request, response, count) =>
      request.url?.includes("page=1&") && !request.url.includes("ecom_category_id")
        ? json(response, 500, { code: 500 })
        : market.exchange(request, response, count);
    given.upstream.answer(failing);
    expect(await refresh(ctx, list)).toMatchObject({
      state: "failed",
      problem: "upstream_failed",
      creditsSpent: 2,
      items: { renewed: 2 },
    });
    given.upstream.answer(market.exchange);
    expect(await refresh(ctx, list)).toMatchObject({ state: "done", creditsSpent: 2, items: { renewed: 5 } });
    await expectExact(ctx);
  });

  test("ends at a limit, and stops when somebody says so", async () => {
    const ctx = await makeTeam();
    const list = await listOf(ctx, ["1001", "1021", "1041"]);
    await setLimit({ teamId: ctx.team.id, memberId: null, credits: 2 });
    expect(await refresh(ctx, list)).toMatchObject({ state: "failed", problem: "team_limit_reached", creditsSpent: 2 });
    await setLimit({ teamId: ctx.team.id, memberId: null, credits: null });
    const runId = await start(ctx, only(list));
    given.upstream.answer(async (request, response, count) => {
      await stopRun(ctx, runId);
      market.exchange(request, response, count);
    });
    await executeRun(ctx.team.id, runId, never());
    expect(await readRun(ctx, runId)).toMatchObject({ state: "stopped", creditsSpent: 2, items: { renewed: 2 } });
  });

  test("is one run for one Idempotency-Key, wants a key, and a price above the team's amount confirmed", async () => {
    const ctx = await makeTeam();
    const list = await listOf(ctx, ["1001", "1021"]);
    const key = randomUUID();
    const [one, two] = [
      await refreshWatchlists(ctx, only(list), anew, key),
      await refreshWatchlists(ctx, only(list), anew, key),
    ];
    expect(one).toEqual(two);
    await expect(refreshWatchlists(ctx, only(list), { maxAgeMinutes: 1 }, key)).rejects.toMatchObject({
      code: "conflict",
    });
    await updateCreditSettings(ctx, { confirmAboveCredits: 2 });
    await expect(refreshWatchlists(ctx, only(list), anew)).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "confirm_needed", priceCredits: 4 },
    });
    expect(await refreshWatchlists(ctx, only(list), { ...anew, confirmed: true })).toHaveProperty("runId");
    const keyless = await makeTeam();
    const theirs = await listOf(keyless, ["1001"]);
    await removeKey(keyless);
    expect(await refresh(keyless, theirs)).toMatchObject({ state: "failed", problem: "key_missing", creditsSpent: 0 });
  });

  test("of several lists and searches buys what they share once, each under its own name", async () => {
    const ctx = await makeTeam();
    await buyPages(ctx, [1, 2, 3]);
    const beauty = await listOf(ctx, ["1001", "1021", "1022"]);
    const home = await listOf(ctx, ["1002", "1023", "1024", "1025", "8888"], { name: "Home" });
    const search = await createSearch(
      ctx,
      createSearchSchema.parse({ name: "Top", region: "US", window: "7", pages: 1 }),
    );
    const target = { watchlists: [beauty, home], searches: [search.id] };
    const plan = await readRefresh(ctx, target, { maxAgeMinutes: 0 });
    expect(plan).toMatchObject({ credits: 6, items: { total: 8, due: 8 } });
    const runId = await start(ctx, target, anew);
    await executeRun(ctx.team.id, runId, never());
    expect(await readRun(ctx, runId)).toMatchObject({ state: "done", watchlistId: null, creditsSpent: 6 });
    expect(askedOf(given.upstream.seen).sort()).toEqual(["8888", "page 1", "page 2"]);
    const { groups } = await readSummary(ctx, { groupBy: "search" });
    expect(groups).toContainEqual(expect.objectContaining({ name: "Home", spent: 4 }));
    expect(groups).toContainEqual(expect.objectContaining({ name: "Top", spent: 2 }));
    expect(await readRefreshRun(ctx, home)).toMatchObject({ id: runId, covers: 3 });
    expect((await readRuns(ctx, search.id, 5)).map(({ id }) => id)).toEqual([runId]);
    const { after } = await readChanges(ctx, search.id, changesInputSchema.parse({}));
    expect(after).toMatchObject({ id: runId, pages: 1 });
    await expect(readRefresh(ctx, { ...target, searches: [randomUUID()] })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("of several is seen by those who see one of them, and by nobody else", async () => {
    const ctx = await makeTeam();
    const colleague = await makeMember(ctx, "viewer");
    await buyPages(ctx, [1]);
    const open = await listOf(ctx, ["1001"]);
    const [hidden, too] = [await listOf(ctx, ["1002"], { shared: false }), await listOf(ctx, [], { shared: false })];
    const alone = await start(ctx, { watchlists: [hidden, too], searches: [] });
    expect(await readRefreshRun(ctx, null)).toMatchObject({ id: alone });
    expect(await readRefreshRun(colleague, null)).toBeNull();
    const together = await start(ctx, { watchlists: [open, hidden], searches: [] });
    expect(await readRefreshRun(colleague, open)).toMatchObject({ id: together, covers: 2 });
    await expect(readRun(colleague, alone)).rejects.toMatchObject({ code: "not_found" });
  });

  test("takes what somebody else bought meanwhile for nothing", async () => {
    const ctx = await makeTeam();
    await buyPages(ctx, [1, 2]);
    const list = await listOf(ctx, ["1001", "1002", "1021", "1022"]);
    const runId = await start(ctx, only(list), anew);
    await buyPage(ctx, ask({ page: 2, maxAgeMinutes: 0 }), explore);
    await executeRun(ctx.team.id, runId, never());
    expect(await readRun(ctx, runId)).toMatchObject({ state: "done", creditsSpent: 2, items: { renewed: 4 } });
    expect(askedOf(given.upstream.seen)).toEqual(["page 2", "page 1"]);
  });
});

describe("a killed worker", () => {
  test("leaves a refresh to the next one, and no page is bought twice", { timeout: 240_000 }, async () => {
    const ctx = await makeTeam();
    market.rankings.DE = ids(100);
    await buyPages(ctx, [1, 2, 3, 4], "DE");
    const list = await listOf(ctx, ["1001", "1002", "1003", "1021", "1022", "1041", "7777"], {}, "DE");
    // The second request never gets its answer: the worker dies over it.
    let count = 0;
    const second = new Promise<void>((resolve) =>
      given.upstream.answer((request, response) => {
        if (request.url?.includes("region=DE")) count++;
        if (count === 2 && request.url?.includes("region=DE")) resolve();
        else market.exchange(request, response, count);
      }),
    );
    const runId = await start(ctx, only(list), anew);
    await withWorkerProcess(() => second);
    expect(await readRun(ctx, runId)).toMatchObject({ state: "running", bought: 1, items: { renewed: 3 } });
    given.upstream.answer(market.exchange);
    await given.database.superuserPool.query(
      "update run set lease_until = now() - interval '1 second' where lease_until is not null",
    );
    await given.database.superuserPool.query(
      "update credit_request set lease_until = now() - interval '1 second' where lease_until is not null",
    );
    await withWorkerProcess(() =>
      vi.waitUntil(async () => (await readRun(ctx, runId)).finishedAt, { timeout: 150_000 }),
    );
    // Whether the page it died over was charged nobody knows: it counts, and is not asked again by itself.
    expect(await readRun(ctx, runId)).toMatchObject({ state: "failed", failed: 1, items: { renewed: 4, absent: 1 } });
    const asked = askedOf(given.upstream.seen, "DE");
    expect(asked.slice(0, 2)).toEqual(["page 1", "page 2"]);
    expect(new Set(asked)).toEqual(new Set(["page 1", "page 2", "page 3", "7777"]));
    expect(asked).toHaveLength(4);
    await expectExact(ctx);
  });
});
