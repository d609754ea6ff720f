import { afterAll, beforeAll, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { runtime, setRuntime } from "@/lib/platform/runtime";
import { makeTeam } from "@/lib/testing/factories";
import { ask, expectExact, explore, purchases } from "@/lib/testing/purchases";
import { startSandbox } from "@/sandbox/server";
import { addWatchItem } from "./add-watch-item";
import { createWatchlist } from "./create-watchlist";
import { executeRun } from "./execute-run";
import { planRefresh } from "./plan-refresh";
import { readRefresh } from "./read-refresh";
import { readRun } from "./read-run";
import { readWatchlist } from "./read-watchlist";
import { refreshWatchlists } from "./refresh-watchlists";
import { addWatchItemSchema, createWatchlistSchema } from "./schemas";
import { watchViewInputSchema } from "./watch-view";

const given = purchases();
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, host: "127.0.0.1", seed: "ninety days" });
  setRuntime({ ...runtime(), sandboxUrl: sandbox.url });
});
afterAll(() => sandbox?.close());

const DAYS = 90;
const EVERY = 3;
const day = (count: number) =>
  given.database.superuserPool.query("update app_clock set offset_seconds = $1", [count * 86_400]);

type Raw = {
  at: Date;
  path: URLSearchParams;
  rows: { id: string; post: number; rank: number | null }[];
  total: number;
};

/** Every answer of the team as it came over the wire, newest first, read without any code of the product. */
async function rawAnswers(ctx: TeamContext): Promise<Raw[]> {
  const { rows } = await given.database.superuserPool.query(
    `select a.received_at, a.body, r.region, r."window", r.category_id, r.page from raw_answer a
       join credit_request r on r.team_id = a.team_id and r.id = a.request_id where a.team_id = $1 order by a.received_at desc`,
    [ctx.team.id],
  );
  return rows.map(({ received_at, body, category_id, page }) => {
    const { list, pagination } = JSON.parse(Buffer.from(body).toString()).data;
    return {
      at: received_at,
      path: new URLSearchParams({ category: category_id, page: String(page) }),
      total: pagination.total,
      rows: list.map((row: { post: number; third_ecom_category: { id: string } }, index: number) => ({
        id: row.third_ecom_category.id,
        post: row.post,
        rank: category_id === "" ? (page - 1) * 20 + index + 1 : null,
      })),
    };
  });
}

test("after 90 days bought through the real path, figures, ranks and plans are those of the raw answers", {
  timeout: 580_000,
}, async () => {
  const ctx = await makeTeam();
  await day(0);
  const names: string[] = [];
  for (const page of [1, 2, 3, 6, 7, 12]) {
    const { snapshot } = await buyPage(ctx, ask({ page, maxAgeMinutes: 0 }), explore);
    names.push(...snapshot.rows.flatMap(({ categoryId }) => categoryId ?? []).filter((_, nth) => nth % 9 === 0));
  }
  const list = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Ninety days" }));
  for (const categoryId of names) {
    await addWatchItem(ctx, list.id, addWatchItemSchema.parse({ categoryId, region: "US" }));
  }
  const target = { watchlists: [list.id], searches: [] };
  let spent = 0;
  let oneByOne = 0;
  for (let now = EVERY; now <= DAYS; now += EVERY) {
    await day(now);
    const plan = await readRefresh(ctx, target);
    // What a run leaves, the next press buys: the price of a day is that of all its runs.
    for (let left = true; left; ) {
      const answer = await refreshWatchlists(ctx, target, {});
      if (!("runId" in answer)) throw new Error("A refresh was only planned");
      await executeRun(ctx.team.id, answer.runId, new AbortController().signal);
      const run = await readRun(ctx, answer.runId);
      expect(run.creditsSpent).toBeLessThanOrEqual(run.maxCredits);
      spent += run.creditsSpent;
      left = run.state !== "done";
      if (left) expect(run.problem).toBe("max_credits");
    }
    oneByOne += plan.oneByOneCredits;
    expect((await readRefresh(ctx, target)).items.due).toBe(0);
  }
  expect(spent).toBeLessThan(oneByOne);

  const raw = await rawAnswers(ctx);
  const view = await readWatchlist(ctx, list.id, watchViewInputSchema.parse({}));
  const sights = (id: string) =>
    raw.flatMap(({ at, rows }) => rows.filter((row) => row.id === id).map((row) => ({ at, ...row })));
  for (const item of view.items) {
    const seen = sights(item.categoryId);
    const ranked = seen.filter(({ rank }) => rank !== null);
    expect(item.lastRank?.rank ?? null).toBe(ranked[0]?.rank ?? null);
    expect(item.current?.figures.posts ?? null).toBe(seen[0]?.post ?? null);
  }

  await day(DAYS + 2);
  const { rows: clock } = await given.database.superuserPool.query("select app_now() as now");
  const ageDays = (at: Date) => (clock[0].now.getTime() - at.getTime()) / 86_400_000;
  const again = planRefresh(
    view.items.map(({ categoryId }) => ({
      region: "US",
      window: "7",
      category: categoryId,
      state: "due",
      ranks: sights(categoryId)
        .flatMap(({ rank, at }) => (rank === null ? [] : [{ rank, ageDays: ageDays(at) }]))
        .slice(0, 4),
    })),
    [
      {
        region: "US",
        window: "7",
        total: raw.find(({ path }) => path.get("category") === "")?.total ?? null,
        known: new Set(),
        failed: new Set(),
      },
    ],
    [],
    Number.POSITIVE_INFINITY,
  );
  const plan = await readRefresh(ctx, target);
  expect(plan.requests.map(({ category, page, ifMissing }) => ({ category, page, ifMissing }))).toEqual(
    again.requests.map(({ question, ifMissing }) => ({
      category: question.category ?? null,
      page: question.page,
      ifMissing,
    })),
  );
  const { byKey } = await (await fetch(`${sandbox.url}/__sandbox/charges`)).json();
  const [theirs] = Object.values(byKey) as { credits: number }[];
  const { charged } = await expectExact(ctx);
  expect(charged).toBe(theirs?.credits);
  await day(0);
});
