import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { setLimit } from "@/lib/credits/set-limit";
import { type Question, questionSchema } from "@/lib/insights/schemas";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { answerOnceAllAsked, expectExact, purchases } from "@/lib/testing/purchases";
import { type Exchange, fullPage, json, wirePage } from "@/lib/testing/scripted-upstream";
import { withWorkerProcess } from "@/lib/testing/with-worker-process";
import { executeRun } from "./execute-run";
import { readRun } from "./read-run";
import { recoverRuns } from "./recover-runs";
import { type RunOrder, startRun } from "./start-run";
import { stopRun } from "./stop-run";

const given = purchases();

const pages = (count: number, over: Record<string, unknown> = {}): Question[] =>
  Array.from({ length: count }, (_, index) =>
    questionSchema.parse({ region: "US", window: "7", page: index + 1, ...over }),
  );

const order = (questions: Question[], over: Partial<RunOrder> = {}): RunOrder => ({
  kind: "search",
  searchId: null,
  watchlistId: null,
  questions,
  maxAgeMinutes: 0,
  maxCredits: 2 * questions.length,
  body: {},
  idempotencyKey: null,
  ...over,
});

const never = () => new AbortController().signal;

async function runThrough(ctx: TeamContext, given: RunOrder) {
  const { id } = await startRun(ctx, given);
  await executeRun(ctx.team.id, id, never());
  return readRun(ctx, id);
}

const steps = (ctx: TeamContext, runId: string) =>
  asTeam(ctx.team.id, (tx) => tx.runStep.findMany({ where: { teamId: ctx.team.id, runId }, orderBy: { seq: "asc" } }));

const pageOf = (path: string) => Number(new URL(path, "http://x").searchParams.get("page"));

describe("a run", () => {
  test("buys page after page, each once, and says what it spent", async () => {
    const ctx = await makeTeam();
    const run = await runThrough(ctx, order(pages(3)));
    expect(run).toMatchObject({ state: "done", done: 3, total: 3, bought: 3, creditsSpent: 6, problem: null });
    expect(given.upstream.seen.map(({ path }) => pageOf(path))).toEqual([1, 2, 3]);
    const { rows } = await given.database.superuserPool.query(
      "select distinct purpose, run_id from credit_request where team_id = $1",
      [ctx.team.id],
    );
    expect(rows).toEqual([{ purpose: "search", run_id: run.id }]);
    await expectExact(ctx);
  });

  test("takes what is stored and young enough for nothing", async () => {
    const ctx = await makeTeam();
    await runThrough(ctx, order(pages(2)));
    const run = await runThrough(ctx, order(pages(3), { maxAgeMinutes: 60, maxCredits: 2 }));
    expect(run).toMatchObject({ state: "done", done: 3, bought: 1, creditsSpent: 2 });
    expect(given.upstream.seen).toHaveLength(3);
  });

  test("never spends more than its button said", async () => {
    const ctx = await makeTeam();
    const run = await runThrough(ctx, order(pages(5), { maxCredits: 5 }));
    expect(run).toMatchObject({ state: "failed", problem: "max_credits", creditsSpent: 4, done: 2, total: 5 });
    expect(given.upstream.seen).toHaveLength(2);
  });

  test("does not ask for pages behind the ranking's end", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((request, response) => {
      const page = pageOf(request.url ?? "");
      const rows = page <= 2 ? [{ third_ecom_category: { id: String(page) } }] : [];
      const pagination = { page, size: 20, total: 27, has_more: page < 2 };
      json(response, 200, wirePage([], { data: { list: rows, pagination } }));
    });
    const run = await runThrough(ctx, order(pages(6)));
    expect(run).toMatchObject({ state: "done", bought: 2, done: 6, creditsSpent: 4 });
    expect((await steps(ctx, run.id)).map(({ state }) => state).join(" ")).toBe(
      "bought bought skipped skipped skipped skipped",
    );
  });

  test("keeps what it has when a page fails, says why, and goes on", async () => {
    const ctx = await makeTeam();
    const failing: Exchange = (request, response, count) =>
      pageOf(request.url ?? "") === 2 ? json(response, 500, { code: 500 }) : fullPage(request, response, count);
    given.upstream.answer(failing);
    const run = await runThrough(ctx, order(pages(4)));
    expect(run).toMatchObject({ state: "failed", problem: "upstream_failed", bought: 3, failed: 1, creditsSpent: 6 });
    given.upstream.answer(fullPage);
    const again = await runThrough(ctx, order(pages(4), { maxAgeMinutes: 60, maxCredits: 2 }));
    expect(again).toMatchObject({ state: "done", bought: 1, creditsSpent: 2 });
    await expectExact(ctx);
  });

  test("ends when two pages in a row fail, and what may have been charged counts", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_request, response) => response.writeHead(200).end("{"));
    const run = await runThrough(ctx, order(pages(5)));
    expect(run).toMatchObject({ state: "failed", problem: "upstream_invalid_answer", done: 2, creditsSpent: 4 });
    expect(given.upstream.seen).toHaveLength(2);
  });

  test("counts no credits for a request that it joined, whatever becomes of it", async () => {
    const ctx = await makeTeam();
    answerOnceAllAsked(given, ctx, 2, (_request, response) => response.writeHead(200).end("{"));
    const runs = await Promise.all([runThrough(ctx, order(pages(1))), runThrough(ctx, order(pages(1)))]);
    expect(given.upstream.seen).toHaveLength(1);
    expect(runs.map(({ problem }) => problem)).toEqual(["upstream_invalid_answer", "upstream_invalid_answer"]);
    expect(runs.map(({ creditsSpent }) => creditsSpent).sort()).toEqual([0, 2]);
    await expectExact(ctx);
  });

  test("ends at a limit, and a later one goes on from there", async () => {
    const ctx = await makeTeam();
    await setLimit({ teamId: ctx.team.id, memberId: null, credits: 4 });
    const run = await runThrough(ctx, order(pages(3)));
    expect(run).toMatchObject({ state: "failed", problem: "team_limit_reached", bought: 2, done: 2, creditsSpent: 4 });
    await setLimit({ teamId: ctx.team.id, memberId: null, credits: null });
    const again = await runThrough(ctx, order(pages(3), { maxAgeMinutes: 60, maxCredits: 2 }));
    expect(again).toMatchObject({ state: "done", bought: 1 });
  });

  test("stops before its next request when somebody says so", async () => {
    const ctx = await makeTeam();
    const { id } = await startRun(ctx, order(pages(5)));
    given.upstream.answer(async (request, response, count) => {
      if (count === 2) await stopRun(ctx, id);
      fullPage(request, response, count);
    });
    await executeRun(ctx.team.id, id, never());
    expect(await readRun(ctx, id)).toMatchObject({ state: "stopped", bought: 2, done: 2, creditsSpent: 4 });
    const waiting = await startRun(ctx, order(pages(1)));
    expect(await stopRun(ctx, waiting.id)).toMatchObject({ state: "stopped", creditsSpent: 0 });
    await executeRun(ctx.team.id, waiting.id, never());
    expect(given.upstream.seen).toHaveLength(2);
  });

  test("is one run for one Idempotency-Key, and another body is refused", async () => {
    const ctx = await makeTeam();
    const key = randomUUID();
    const [one, two] = await Promise.all([1, 2].map(() => startRun(ctx, order(pages(2), { idempotencyKey: key }))));
    expect(one?.id).toBe(two?.id);
    await expect(startRun(ctx, order(pages(2), { idempotencyKey: key, body: { x: 1 } }))).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("is worked off by one of several workers, and given back by one that leaves", async () => {
    const ctx = await makeTeam();
    const { id } = await startRun(ctx, order(pages(3)));
    await Promise.all(Array.from({ length: 5 }, () => executeRun(ctx.team.id, id, never())));
    expect(given.upstream.seen).toHaveLength(3);

    const leaving = new AbortController();
    const second = await startRun(ctx, order(pages(3, { region: "GB" })));
    given.upstream.answer((request, response, count) => {
      leaving.abort();
      fullPage(request, response, count);
    });
    await executeRun(ctx.team.id, second.id, leaving.signal);
    expect(await readRun(ctx, second.id)).toMatchObject({ state: "running", done: 1 });
    await executeRun(ctx.team.id, second.id, never());
    expect(await readRun(ctx, second.id)).toMatchObject({ state: "done", bought: 3 });
    expect(given.upstream.seen).toHaveLength(6);
  });

  test("has its owner's rights of now: none after they were removed or made a viewer", async () => {
    const owner = await makeTeam();
    const ctx = await makeMember(owner, "analyst");
    const [removed, viewing] = [await startRun(ctx, order(pages(1))), await startRun(ctx, order(pages(1)))];
    const change = (data: object) =>
      asTeam(ctx.team.id, (tx) =>
        tx.membership.update({ where: { teamId_id: { teamId: ctx.team.id, id: ctx.member.id } }, data }),
      );
    await change({ role: "viewer" });
    await executeRun(ctx.team.id, viewing.id, never());
    await change({ removedAt: new Date() });
    await executeRun(ctx.team.id, removed.id, never());
    for (const { id } of [removed, viewing]) {
      expect(await readRun(ctx, id)).toMatchObject({ state: "failed", problem: "forbidden", creditsSpent: 0 });
    }
    expect(given.upstream.seen).toHaveLength(0);
  });

  test("of somebody else, without a team-visible search or list, is not there", async () => {
    const owner = await makeTeam();
    const { id } = await startRun(owner, order(pages(1)));
    const other = await makeMember(owner, "admin");
    await expect(readRun(other, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(stopRun(other, id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a killed worker", () => {
  const endLeases = () =>
    given.database.superuserPool.query(
      `update run set lease_until = now() - interval '1 second' where lease_until is not null`,
    );
  const endRequests = () =>
    given.database.superuserPool.query(
      "update credit_request set lease_until = now() - interval '1 second' where lease_until is not null",
    );

  test("leaves a run to the next one, and no page is bought twice", { timeout: 240_000 }, async () => {
    const ctx = await makeTeam();
    // The third page never gets its answer: the worker dies over it.
    const mine = (path = "") => path.includes("dying");
    const third = new Promise<void>((resolve) =>
      given.upstream.answer((request, response, count) => {
        if (mine(request.url) && pageOf(request.url ?? "") === 3) resolve();
        else fullPage(request, response, count);
      }),
    );
    const { id } = await startRun(ctx, order(pages(5, { q: "dying" })));
    await withWorkerProcess(() => third);
    expect(await readRun(ctx, id)).toMatchObject({ state: "running", bought: 2 });

    given.upstream.answer(fullPage);
    await endLeases();
    await endRequests();
    await withWorkerProcess(() => vi.waitUntil(async () => (await readRun(ctx, id)).finishedAt, { timeout: 150_000 }));
    // Whether the third was charged nobody knows: it is not asked again by itself.
    expect(await readRun(ctx, id)).toMatchObject({ state: "failed", bought: 4, failed: 1, creditsSpent: 10 });
    expect(given.upstream.seen.filter(({ path }) => mine(path)).map(({ path }) => pageOf(path))).toEqual([
      1, 2, 3, 4, 5,
    ]);
    await expectExact(ctx);
  });

  test("over a page that was reserved and never sent costs that page nothing: it is asked anew", async () => {
    const ctx = await makeTeam();
    const { id } = await startRun(ctx, order(pages(1)));
    // As the purchase leaves it when its process dies before the socket opens.
    given.upstream.answer(fullPage);
    await given.database.superuserPool.query(
      `create function die_before_sending() returns trigger language plpgsql as $$ begin
         if new.state = 'sending' then raise exception 'killed' using errcode = '22000'; end if; return new; end $$;
       create trigger die before update on credit_request for each row execute function die_before_sending()`,
    );
    await executeRun(ctx.team.id, id, never());
    await given.database.superuserPool.query("drop function die_before_sending cascade");
    await given.database.superuserPool.query(
      "update run set state = 'running', finished_at = null, problem = null where team_id = $1",
      [ctx.team.id],
    );
    await endRequests();
    expect(await recoverRuns()).toBeGreaterThan(0);
    await executeRun(ctx.team.id, id, never());
    expect(await readRun(ctx, id)).toMatchObject({ state: "done", bought: 1, creditsSpent: 2 });
    expect(given.upstream.seen).toHaveLength(1);
    await expectExact(ctx);
  });
});
