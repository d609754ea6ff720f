import { beforeEach, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { moveClock } from "@/lib/testing/sent-request";
import { createSearch } from "./create-search";
import { executeRun } from "./execute-run";
import { readChanges, type SearchChanges } from "./read-changes";
import { runSearch } from "./run-search";
import { changesInputSchema, createSearchSchema } from "./schemas";
import { updateSearch } from "./update-search";

const given = purchases();
const DAY_S = 86_400;

beforeEach(() => given.database.superuserPool.query("update app_clock set offset_seconds = 0"));

type Market = { id: string; posts: number; ctr: number }[];

/** The upstream answers pages of this market as it is now. */
const follow = (market: () => Market) =>
  given.upstream.answer((request, response) => {
    const page = Number(new URL(request.url ?? "", "http://x").searchParams.get("page"));
    const all = market();
    const list = all.slice((page - 1) * 20, page * 20).map(({ id, posts, ctr }, index) =>
      wireRow(index + 1, {
        third_ecom_category: { id, parent_id: "848648", value: `Category ${id}` },
        post: posts,
        ctr,
      }),
    );
    const pagination = { page, size: 20, total: all.length, has_more: page * 20 < all.length };
    json(response, 200, wirePage([], { data: { list, pagination } }));
  });

async function run(ctx: TeamContext, id: string, maxCredits = 1000): Promise<string> {
  const answer = await runSearch(ctx, id, { maxAgeMinutes: 0, maxCredits });
  if (!("runId" in answer)) throw new Error("It was a dry run");
  await executeRun(ctx.team.id, answer.runId, new AbortController().signal);
  return answer.runId;
}

const changesOf = (ctx: TeamContext, id: string, over: Record<string, unknown> = {}) =>
  readChanges(ctx, id, changesInputSchema.parse(over));

/** From the bytes as received, and nothing else: category → position and figures, over the pages of a run. */
async function fromRawAnswers(ctx: TeamContext, runId: string) {
  const { rows } = await given.database.superuserPool.query(
    `select r.page, a.body from credit_request r join raw_answer a on a.team_id = r.team_id and a.request_id = r.id
     where r.team_id = $1 and r.run_id = $2 order by r.page`,
    [ctx.team.id, runId],
  );
  const found = new Map<string, { position: number; posts: number; ctr: number }>();
  for (const { page, body } of rows) {
    const { data } = JSON.parse(body.toString("utf8"));
    data.list.forEach((row: Record<string, never>, index: number) => {
      const { id } = row.third_ecom_category as unknown as { id: string };
      const position = (page - 1) * 20 + index + 1;
      found.set(id, { position, posts: Number(row.post), ctr: Number(row.ctr) });
    });
  }
  return found;
}

const seededRandom = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

/** A day passes: figures drift, a few leave, a few come, and the order follows the figures. */
function nextDay(market: Market, random: () => number, day: number): Market {
  const stay = market
    .filter(() => random() > 0.04)
    .map((row) => ({
      ...row,
      posts: Math.max(100, Math.round((row.posts * (0.8 + 0.4 * random())) / 100) * 100),
      ctr: Number((row.ctr + (random() - 0.5) * 0.1).toFixed(2)),
    }));
  const come = Array.from({ length: 3 }, (_, index) => ({
    id: `${8000 + day * 10 + index}`,
    posts: Math.round(random() * 200) * 100 + 100,
    ctr: 2,
  }));
  return [...stay, ...come].sort((a, b) => b.posts - a.posts || a.id.localeCompare(b.id));
}

const figures = ({ comparison }: SearchChanges) =>
  new Map(comparison?.changes.map((change) => [change.categoryId, change]));

describe("what changed in a search", () => {
  test("over many days equals what the raw answers say, recomputed by themselves", { timeout: 240_000 }, async () => {
    const ctx = await makeTeam();
    const random = seededRandom(7);
    let market: Market = Array.from({ length: 70 }, (_, index) => ({
      id: `${7000 + index}`,
      posts: (90 - index) * 300,
      ctr: 2,
    }));
    follow(() => market);
    const { id } = await createSearch(
      ctx,
      createSearchSchema.parse({ name: "All", region: "US", window: "7", pages: 3 }),
    );
    const runs: string[] = [];
    for (let day = 0; day < 12; day++) {
      runs.push(await run(ctx, id));
      await moveClock(given.database, DAY_S);
      market = nextDay(market, random, day);
    }
    let moves = 0;
    for (const [from, to] of [
      [0, 1],
      [3, 4],
      [2, 9],
      [4, 11],
      [0, 11],
    ] as const) {
      const result = await changesOf(ctx, id, { compare: runs[from], run: runs[to] });
      const [was, is] = [await fromRawAnswers(ctx, runs[from] ?? ""), await fromRawAnswers(ctx, runs[to] ?? "")];
      expect(result).toMatchObject({ before: { id: runs[from] }, after: { id: runs[to] } });
      expect(result.comparison).toMatchObject({ rows: 60, whole: false });
      const told = figures(result);
      expect([...told.keys()].sort()).toEqual([...new Set([...was.keys(), ...is.keys()])].sort());
      for (const [category, change] of told) {
        const [old, fresh] = [was.get(category), is.get(category)];
        const moved = old && fresh ? old.position - fresh.position : null;
        const kind = !old ? "new" : !fresh ? "gone" : moved === 0 ? "same" : (moved ?? 0) > 0 ? "up" : "down";
        expect([category, change.kind, change.moved]).toEqual([category, kind, moved]);
        expect(change.figures.posts).toMatchObject({ before: old?.posts ?? null, after: fresh?.posts ?? null });
        if (old && fresh) expect(change.figures.ctrPct.difference).toBeCloseTo(fresh.ctr - old.ctr, 9);
        if (kind !== "same") moves++;
      }
    }
    expect(moves).toBeGreaterThan(100);
  });

  test("looks a full window back by default, else the nearest earlier run, and marks the days that both share", async () => {
    const ctx = await makeTeam();
    const { id } = await createSearch(
      ctx,
      createSearchSchema.parse({ name: "All", region: "US", window: "7", pages: 1 }),
    );
    expect(await changesOf(ctx, id)).toMatchObject({ after: null, before: null, comparison: null });
    const first = await run(ctx, id);
    expect(await changesOf(ctx, id)).toMatchObject({ after: { id: first }, before: null, comparison: null });
    await moveClock(given.database, 5 * DAY_S);
    const second = await run(ctx, id);
    expect(await changesOf(ctx, id)).toMatchObject({
      before: { id: first },
      isNearer: true,
      comparison: { overlap: { days: 2, of: 7 }, notUpdated: true },
    });
    await moveClock(given.database, 3 * DAY_S);
    await run(ctx, id);
    expect(await changesOf(ctx, id)).toMatchObject({
      before: { id: first },
      isNearer: false,
      comparison: { overlap: null },
    });
    expect(await changesOf(ctx, id, { compare: "week" })).toMatchObject({ before: { id: first } });
    expect(await changesOf(ctx, id, { compare: "previous" })).toMatchObject({ before: { id: second } });
    expect(await changesOf(ctx, id, { compare: first, run: second })).toMatchObject({
      before: { id: first },
      after: { id: second },
    });
  });

  test("never compares runs of another question, nor those of a private search for others", async () => {
    const owner = await makeTeam();
    const ctx = await makeMember(owner, "analyst");
    const { id } = await createSearch(
      ctx,
      createSearchSchema.parse({ name: "Mine", region: "US", window: "7", pages: 1, shared: false }),
    );
    const before = await run(ctx, id);
    await moveClock(given.database, 8 * DAY_S);
    await run(ctx, id);
    await expect(changesOf(owner, id)).rejects.toMatchObject({ code: "not_found" });
    await updateSearch(ctx, id, { region: "GB" });
    expect(await changesOf(ctx, id, { compare: before })).toMatchObject({ runs: [], after: null, before: null });
    const british = await run(ctx, id);
    expect(await changesOf(ctx, id, { compare: before })).toMatchObject({ after: { id: british }, before: null });
  });

  test("says nothing of rows that only one of the runs was bought down to", async () => {
    const ctx = await makeTeam();
    const market = Array.from({ length: 60 }, (_, index) => ({ id: `${7000 + index}`, posts: 100, ctr: 2 }));
    follow(() => market);
    const { id } = await createSearch(
      ctx,
      createSearchSchema.parse({ name: "All", region: "US", window: "7", pages: 3 }),
    );
    await run(ctx, id);
    await moveClock(given.database, 8 * DAY_S);
    await run(ctx, id, 2);
    const { comparison } = await changesOf(ctx, id);
    expect(comparison).toMatchObject({ rows: 20, whole: false, notComparable: 40 });
    expect(comparison?.changes.every(({ kind }) => kind === "same")).toBe(true);
  });
});
