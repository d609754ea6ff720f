import { beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { setLimit } from "@/lib/credits/set-limit";
import { stateBalance } from "@/lib/credits/state-balance";
import { readReceipt } from "@/lib/insights/read-receipt";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { expectExact, purchases } from "@/lib/testing/purchases";
import { type Exchange, json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { withWorkerProcess } from "@/lib/testing/with-worker-process";
import { checkSource } from "./check-source";
import { executeRun } from "./execute-run";
import { MONTHS_BACK, sourceQuestions } from "./plan-source-check";
import { readRun } from "./read-run";
import { readSourceChecks } from "./read-source-checks";
import { recoverRuns } from "./recover-runs";
import { stopRun } from "./stop-run";

const given = purchases();
const never = () => new AbortController().signal;
const PRICE = 24;

const asked = (path: string) => {
  const query = new URL(path, "http://x").searchParams;
  const word = query.get("search_keyword");
  return {
    region: query.get("region") ?? "",
    window: query.get("time_scope") ?? "",
    page: Number(query.get("page")),
    category: query.get("ecom_category_id"),
    q: word === "FALSE" ? null : word,
  };
};

/** A provider that does what is assumed of it, on figures of its own. */
const asAssumed: Exchange = (request, response) => {
  const { region, window, page, category, q } = asked(request.url ?? "");
  const months = sourceQuestions(new Date(), "US").flatMap((question) =>
    question.window.includes("-") ? question.window : [],
  );
  const isBeyond = window === months[MONTHS_BACK.length - 1];
  const factor = (window.length + Number(window.slice(-2))) * (region.length > 2 ? 50 : region === "UY" ? 1 : 10);
  const all = Array.from({ length: 20 }, (_, index) => {
    const id = String(600_000 + page * 20 + index);
    return wireRow(index + 1, { post: factor * (1000 - page * 20 - index), third_ecom_category: { id, value: id } });
  });
  const one = [wireRow(1, { third_ecom_category: { id: category, value: "Perfume" } })];
  json(response, 200, wirePage(isBeyond || q ? [] : category ? (category === "601583" ? one : []) : all));
};

async function through(ctx: TeamContext, answer: object) {
  if (!("runId" in answer)) throw new Error("It was a dry run");
  await executeRun(ctx.team.id, String(answer.runId), never());
  return readRun(ctx, String(answer.runId));
}
const verdicts = async (ctx: TeamContext) => {
  const [check] = (await readSourceChecks(ctx)).items;
  return Object.fromEntries(check?.findings?.map(({ about, verdict }) => [about, verdict]) ?? []);
};

describe("a check of the source", () => {
  let ctx: TeamContext;
  beforeAll(async () => {
    ctx = await makeTeam();
  });

  test("asks each question once for the price that was told, and keeps what the answers say with the key", async () => {
    given.upstream.answer(asAssumed);
    expect(await readSourceChecks(ctx)).toEqual({ credits: PRICE, requests: 12, items: [] });
    expect(await checkSource(ctx, { dryRun: true })).toMatchObject({ credits: PRICE, requests: { length: 12 } });
    expect(given.upstream.seen).toEqual([]);
    await stateBalance(ctx, { credits: 1000 });
    const run = await through(ctx, await checkSource(ctx, { maxCredits: PRICE }, "press"));
    expect(run).toMatchObject({ kind: "source", state: "done", creditsSpent: PRICE, bought: 12, total: 12 });
    expect(given.upstream.seen).toHaveLength(12);
    expect(await verdicts(ctx)).toEqual({
      windows: "differ",
      region: "applied",
      rare: "own",
      months: "answer",
      category: "filtered",
      level: "empty",
      nothing: "empty",
      paging: "goes_on",
      order: "popularity",
      figures: "complete",
    });
    const { items } = await readSourceChecks(ctx);
    expect(items).toMatchObject([{ run: { id: run.id }, upstream: "sandbox", price: { verdict: "unknown" } }]);
    for (const id of items[0]?.findings?.flatMap(({ receiptIds }) => receiptIds) ?? []) {
      expect(await readReceipt(ctx, id)).toMatchObject({ outcome: "charged", details: { purpose: "key_test" } });
    }
    await expectExact(ctx);
  });

  test("is not started twice by one press, and a later one takes what is stored for nothing", async () => {
    const [first] = (await readSourceChecks(ctx)).items;
    expect(await checkSource(ctx, { maxCredits: PRICE }, "press")).toEqual({ runId: first?.run.id });
    expect((await readSourceChecks(ctx)).credits).toBe(0);
    const run = await through(ctx, await checkSource(ctx, { maxCredits: 0 }));
    expect(run).toMatchObject({ state: "done", creditsSpent: 0, bought: 0 });
    expect(given.upstream.seen).toEqual([]);
    const [again] = (await readSourceChecks(ctx)).items;
    expect(again?.findings).toEqual(first?.findings);
  });

  test("learns from a balance that is stated afterwards what the provider really took", async () => {
    await stateBalance(ctx, { credits: 1000 - PRICE - 6 });
    const { items } = await readSourceChecks(ctx);
    expect(items.map(({ price }) => price.verdict)).toEqual(["unknown", "more"]);
    expect(items[1]?.price).toMatchObject({ charged: PRICE, drift: 6 });
  });
});

describe("a check", () => {
  test("never spends above the price of its button, and says of the rest that it does not know", async () => {
    const ctx = await makeTeam();
    given.upstream.answer(asAssumed);
    const run = await through(ctx, await checkSource(ctx, { maxCredits: 6 }));
    expect(run).toMatchObject({ state: "failed", problem: "max_credits", creditsSpent: 6 });
    expect(given.upstream.seen).toHaveLength(3);
    expect(await verdicts(ctx)).toMatchObject({ windows: "differ", region: "unknown", months: "unknown" });
    await expectExact(ctx);
  });

  test("takes what the provider refuses as an answer, and goes on", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((request, response, count) => {
      const { region, window } = asked(request.url ?? "");
      if (window.includes("-")) return json(response, 400, { code: 400, message: "time_scope" });
      if (region === "UY") return json(response, 200, { code: 0, data: { code: 50004, msg: "no available es index" } });
      return asAssumed(request, response, count);
    });
    const run = await through(ctx, await checkSource(ctx, {}));
    expect(run).toMatchObject({ state: "done", bought: 8, failed: 4, creditsSpent: 16 });
    expect(await verdicts(ctx)).toMatchObject({ windows: "differ", rare: "no_data", months: "none" });
    await expectExact(ctx);
  });

  test("ends at a limit, at an empty account and at a refused key, keeping what it has", async () => {
    for (const [problem, prepare, exchange] of [
      ["team_limit_reached", (id: string) => setLimit({ teamId: id, memberId: null, credits: 4 }), null],
      ["upstream_out_of_credits", null, { code: 402, message: "apiKey quota is not enough" }],
      ["key_rejected", null, { code: 401, message: "apiKey is invalid" }],
    ] as const) {
      const ctx = await makeTeam();
      await prepare?.(ctx.team.id);
      given.upstream.seen.length = 0;
      given.upstream.answer((request, response, count) =>
        exchange && count > 2 ? json(response, exchange.code, exchange) : asAssumed(request, response, count),
      );
      const run = await through(ctx, await checkSource(ctx, {}));
      expect(run, problem).toMatchObject({ state: "failed", problem, bought: 2, creditsSpent: 4 });
      expect(await verdicts(ctx), problem).toMatchObject({ order: "popularity", region: "unknown" });
      if (problem === "key_rejected") {
        await expect(checkSource(ctx, {})).rejects.toMatchObject({ code: "key_rejected" });
      }
      await expectExact(ctx);
    }
  });

  test("ends after three failures in a row: then the provider is not well", async () => {
    const ctx = await makeTeam();
    given.upstream.answer((_request, response) => json(response, 500, { code: 500 }));
    const run = await through(ctx, await checkSource(ctx, {}));
    expect(run).toMatchObject({ state: "failed", problem: "upstream_failed", failed: 3, creditsSpent: 0 });
  });

  test("is the only one of its team until it has ended, and may be stopped at any time", async () => {
    const ctx = await makeTeam();
    const answer = await checkSource(ctx, {});
    if (!("runId" in answer)) throw new Error("It was a dry run");
    await expect(checkSource(ctx, {})).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "source_check_under_way" },
    });
    given.upstream.answer(async (request, response, count) => {
      if (count === 2) await stopRun(ctx, answer.runId);
      return asAssumed(request, response, count);
    });
    expect(await through(ctx, answer)).toMatchObject({ state: "stopped", bought: 2, creditsSpent: 4 });
    expect(await verdicts(ctx)).toMatchObject({ order: "popularity", windows: "unknown" });
    const waiting = await checkSource(ctx, {});
    if ("runId" in waiting) await stopRun(ctx, waiting.runId);
    expect((await readSourceChecks(ctx)).items[0]).toMatchObject({ run: { state: "stopped" }, findings: null });
  });

  test("that two press at once is one", async () => {
    const ctx = await makeTeam();
    const ends = await Promise.allSettled([1, 2, 3].map(() => checkSource(ctx, {})));
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    await stopRun(ctx, (await readSourceChecks(ctx)).items[0]?.run.id ?? "");
  });

  test("is for those who manage keys, and seen by everybody of the team", async () => {
    const ctx = await makeTeam();
    for (const role of ["viewer", "analyst"] as const) {
      const member = await makeMember(ctx, role);
      await expect(checkSource(member, {})).rejects.toMatchObject({ code: "forbidden" });
      expect(await readSourceChecks(member)).toMatchObject({ credits: PRICE });
    }
    const admin = await makeMember(ctx, "admin");
    given.upstream.answer(asAssumed);
    await through(admin, await checkSource(admin, {}));
    expect((await readSourceChecks(await makeMember(ctx, "viewer"))).items).toHaveLength(1);
    expect((await readSourceChecks(await makeTeam())).items).toEqual([]);
  });

  test("goes on after its worker was killed, and neither asks nor pays anything twice", {
    timeout: 120_000,
  }, async () => {
    const ctx = await makeTeam();
    const answer = await checkSource(ctx, {});
    if (!("runId" in answer)) throw new Error("It was a dry run");
    const { runId } = answer;
    // The fourth question never gets its answer: the worker dies over it.
    const fourth = new Promise<void>((resolve) =>
      given.upstream.answer((request, response, count) => {
        if (count === 4) resolve();
        else asAssumed(request, response, count);
      }),
    );
    await withWorkerProcess(() => fourth);
    given.upstream.answer(asAssumed);
    for (const table of ["run", "credit_request"]) {
      await given.database.superuserPool.query(
        `update ${table} set lease_until = now() - interval '1 second' where lease_until is not null`,
      );
    }
    await recoverRuns();
    await executeRun(ctx.team.id, runId, never());
    const run = await readRun(ctx, runId);
    // Whether the fourth was charged nobody knows: it counts, and is not asked again by itself.
    expect(run).toMatchObject({ state: "done", done: 12, bought: 11, failed: 1, creditsSpent: PRICE });
    expect(given.upstream.seen).toHaveLength(12);
    expect(await verdicts(ctx)).toMatchObject({ windows: "differ", months: "answer", level: "empty" });
    await expectExact(ctx);
  });
});
