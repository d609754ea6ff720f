import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { questionKey } from "@/lib/insights/question";
import { questionSchema } from "@/lib/insights/schemas";
import { testDatabase } from "@/lib/testing/database";
import { makeKey, makeMember, makeTeam } from "@/lib/testing/factories";
import { type Ask, beginSend, claim, type Settlement, settle } from "./ledger";
import { setLimit } from "./set-limit";
import { settleByHand } from "./settle-by-hand";
import { sweepOrphans } from "./sweep-orphans";
import { verifyLedger } from "./verify-ledger";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

function askOf(ctx: TeamContext, word: string, over: Partial<Ask> = {}): Ask {
  const question = questionSchema.parse({ region: "US", window: "7", q: word });
  return {
    upstream: "sandbox",
    endpoint: "insights_products",
    region: "US",
    window: "7",
    categoryId: null,
    q: word,
    page: 1,
    questionKey: questionKey("sandbox", question),
    memberId: ctx.member.id,
    tokenId: null,
    purpose: "explore",
    inputHash: word,
    priceCredits: 2,
    maxAgeMs: 0,
    waitedMs: 0,
    leaseMs: 60_000,
    nonce: randomUUID(),
    ...over,
  };
}

const SEND = { attempt: 1, leaseMs: 60_000, perSecond: 1_000, maxWaitMs: 30_000 };
const charged: Settlement = {
  outcome: "charged",
  basis: "documented",
  problem: null,
  reason: null,
  httpStatus: 200,
  upstreamRequestId: "same-for-all",
  raw: Buffer.from("{}"),
  answerJson: JSON.stringify({ total: 1, hasMore: false, rows: [{ place: 1, categoryId: "1", posts: 3 }] }),
};
const notCharged: Settlement = {
  ...charged,
  outcome: "not_charged",
  basis: "assumed",
  problem: "upstream_failed",
  httpStatus: 500,
  answerJson: null,
};
const unsettled: Settlement = {
  ...charged,
  outcome: "unsettled",
  basis: "assumed",
  problem: "upstream_timeout",
  raw: null,
  answerJson: null,
  httpStatus: null,
};

/** A request on its way to the upstream. */
async function sending(ctx: TeamContext, word: string, over: Partial<Ask> = {}) {
  const [id, ask] = [randomUUID(), askOf(ctx, word, over)];
  expect(await claim(ctx.team.id, id, ask)).toMatchObject({ result: "claimed" });
  expect(await beginSend(ctx.team.id, id, ask.nonce, SEND)).toMatchObject({ result: "ok" });
  return { id, ask, settle: (settlement: Settlement) => settle(ctx.team.id, id, ask.nonce, randomUUID(), settlement) };
}

const endLease = (ctx: TeamContext, id: string) =>
  database.superuserPool.query(
    "update credit_request set lease_until = now() - interval '1 second' where team_id = $1 and id = $2",
    [ctx.team.id, id],
  );
const eventsOf = async (ctx: TeamContext, id: string) =>
  (
    await database.superuserPool.query(
      "select kind, credits from credit_event where team_id = $1 and request_id = $2 order by seq",
      [ctx.team.id, id],
    )
  ).rows;
const exact = async (ctx: TeamContext) => expect((await verifyLedger({ teamId: ctx.team.id })).problems).toEqual([]);

describe("limits", () => {
  test.each([[0], [1], [7], [500]])(
    "1,000 claims at once against a limit of %i grant exactly half of it",
    async (limit) => {
      const ctx = await makeTeam();
      await setLimit({ teamId: ctx.team.id, memberId: null, credits: limit });
      const claims = await Promise.all(
        Array.from({ length: 1_000 }, (_, index) => claim(ctx.team.id, randomUUID(), askOf(ctx, `word ${index}`))),
      );
      expect(claims.filter(({ result }) => result === "claimed")).toHaveLength(Math.floor(limit / 2));
      expect(claims.filter(({ result }) => result === "limit")).toHaveLength(1_000 - Math.floor(limit / 2));
      await exact(ctx);
    },
  );

  test("of a member holds beside the team's, whichever is reached first, and a refusal leaves no hold", async () => {
    const ctx = await makeTeam();
    const mate = await makeMember(ctx, "analyst");
    await setLimit({ teamId: ctx.team.id, memberId: null, credits: 10 });
    await setLimit({ teamId: ctx.team.id, memberId: mate.member.id, credits: 4 });
    const results = [];
    for (const [index, who] of [mate, mate, mate, ctx, ctx, ctx, ctx].entries()) {
      const claimed = await claim(ctx.team.id, randomUUID(), askOf(who, `word ${index}`));
      results.push(claimed.result === "limit" ? claimed.scope : claimed.result);
    }
    expect(results).toEqual(["claimed", "claimed", "member", "claimed", "claimed", "claimed", "team"]);
    await exact(ctx);
  });

  test("lowered beneath what is spent grants nothing more, raised grants again, removed grants without end", async () => {
    const ctx = await makeTeam();
    const set = (credits: number | null) => setLimit({ teamId: ctx.team.id, memberId: null, credits });
    await (await sending(ctx, "one")).settle(charged);
    await set(1);
    expect(await claim(ctx.team.id, randomUUID(), askOf(ctx, "two"))).toMatchObject({
      result: "limit",
      limit: 1,
      spent: 2,
    });
    await set(4);
    expect(await claim(ctx.team.id, randomUUID(), askOf(ctx, "two"))).toMatchObject({ result: "claimed" });
    expect(await claim(ctx.team.id, randomUUID(), askOf(ctx, "three"))).toMatchObject({
      result: "limit",
      spent: 2,
      held: 2,
    });
    await set(null);
    expect(await claim(ctx.team.id, randomUUID(), askOf(ctx, "three"))).toMatchObject({ result: "claimed" });
    await exact(ctx);
  });

  test("of this period do not count what was reserved in the last one, also when it is settled now", async () => {
    const ctx = await makeTeam();
    await setLimit({ teamId: ctx.team.id, memberId: null, credits: 2 });
    await database.superuserPool.query("update app_clock set offset_seconds = -40 * 86400");
    const old = await sending(ctx, "old");
    await database.superuserPool.query("update app_clock set offset_seconds = 0");
    expect(await claim(ctx.team.id, randomUUID(), askOf(ctx, "new"))).toMatchObject({ result: "claimed" });
    expect(await old.settle(charged)).toMatchObject({ result: "settled", state: "charged" });
    await exact(ctx);
  });
});

describe("each step bears repeating", () => {
  test("claim with the same nonce is the same claim; begin_send and settle change nothing the second time", async () => {
    const ctx = await makeTeam();
    const [id, ask] = [randomUUID(), askOf(ctx, "again")];
    expect(await claim(ctx.team.id, id, ask)).toEqual({ result: "claimed", requestId: id });
    expect(await claim(ctx.team.id, id, ask)).toEqual({ result: "claimed", requestId: id });
    await beginSend(ctx.team.id, id, ask.nonce, SEND);
    expect(await beginSend(ctx.team.id, id, ask.nonce, SEND)).toMatchObject({ result: "ok" });
    expect(await claim(ctx.team.id, id, { ...ask, nonce: randomUUID() })).toMatchObject({
      result: "replay",
      source: "bought",
    });
    expect(await settle(ctx.team.id, id, ask.nonce, randomUUID(), charged)).toMatchObject({ result: "settled" });
    expect(await settle(ctx.team.id, id, ask.nonce, randomUUID(), notCharged)).toMatchObject({
      result: "again",
      state: "charged",
    });
    expect((await eventsOf(ctx, id)).map(({ kind }) => kind)).toEqual(["reserved", "sending", "charged"]);
    await exact(ctx);
  });

  test("nobody else's nonce begins or settles a request", async () => {
    const ctx = await makeTeam();
    const { id } = await sending(ctx, "mine");
    expect(await beginSend(ctx.team.id, id, randomUUID(), SEND)).toEqual({ result: "lost" });
    expect(await settle(ctx.team.id, id, randomUUID(), randomUUID(), charged)).toMatchObject({ result: "lost" });
  });
});

describe("a dead lease", () => {
  test("of an unsent request is released by the next asker, who buys, and its owner may no longer send", async () => {
    const ctx = await makeTeam();
    const [dead, ask] = [randomUUID(), askOf(ctx, "dead")];
    await claim(ctx.team.id, dead, ask);
    await endLease(ctx, dead);
    const next = randomUUID();
    expect(await claim(ctx.team.id, next, askOf(ctx, "dead"))).toEqual({ result: "claimed", requestId: next });
    expect(await beginSend(ctx.team.id, dead, ask.nonce, SEND)).toEqual({ result: "lost" });
    expect((await eventsOf(ctx, dead)).map(({ kind }) => kind)).toEqual(["reserved", "released"]);
    await exact(ctx);
  });

  test("of a sent request is unsettled, also when the next asker is refused by a limit", async () => {
    const ctx = await makeTeam();
    await setLimit({ teamId: ctx.team.id, memberId: null, credits: 2 });
    const dead = await sending(ctx, "dead");
    await endLease(ctx, dead.id);
    expect(await claim(ctx.team.id, randomUUID(), askOf(ctx, "dead"))).toMatchObject({
      result: "limit",
      spent: 0,
      held: 2,
    });
    expect(await verifyLedger({ teamId: ctx.team.id })).toMatchObject({ unsettled: 2, sending: 0, problems: [] });
  });

  test("does not stop its late answer from settling it, which never becomes the newest by arriving late", async () => {
    const ctx = await makeTeam();
    const late = await sending(ctx, "late");
    await endLease(ctx, late.id);
    const next = await sending(ctx, "late");
    await next.settle(charged);
    expect(await late.settle(charged)).toMatchObject({ result: "settled", state: "charged" });
    expect(await eventsOf(ctx, late.id)).toEqual([
      { kind: "reserved", credits: 0 },
      { kind: "sending", credits: 0 },
      { kind: "unsettled", credits: 0 },
      { kind: "correction", credits: 2 },
    ]);
    const { rows } = await database.superuserPool.query(
      "select s.request_id from flight f join snapshot s on s.id = f.newest_snapshot_id where f.team_id = $1 and f.question_key = $2",
      [ctx.team.id, next.ask.questionKey],
    );
    expect(rows).toEqual([{ request_id: next.id }]);
    expect(await verifyLedger({ teamId: ctx.team.id })).toMatchObject({ charged: 4, unsettled: 0, problems: [] });
  });

  test("is ended by the sweeper once, however many sweep", async () => {
    const ctx = await makeTeam();
    const orphans = await Promise.all(["a", "b", "c"].map((word) => sending(ctx, word)));
    for (const { id } of orphans) await endLease(ctx, id);
    const swept = await Promise.all([sweepOrphans(), sweepOrphans(), sweepOrphans()]);
    expect(swept.reduce((sum, ended) => sum + ended.unsettled, 0)).toBe(3);
    await exact(ctx);
  });
});

describe("settling by hand", () => {
  test("is refused while the lease runs, and corrects afterwards without altering an event", async () => {
    const ctx = await makeTeam();
    const { id } = await sending(ctx, "hand");
    const byHand = (isCharged: boolean) => settleByHand(ctx, id, { charged: isCharged, reason: "dashboard" });
    await expect(byHand(true)).rejects.toMatchObject({ code: "conflict", details: { reason: "under_way" } });
    await endLease(ctx, id);
    expect(await byHand(true)).toEqual({ id, outcome: "charged" });
    expect(await byHand(false)).toEqual({ id, outcome: "not_charged" });
    expect((await eventsOf(ctx, id)).map(({ credits }) => credits)).toEqual([0, 0, 0, 2, -2]);
    expect(await verifyLedger({ teamId: ctx.team.id })).toMatchObject({ charged: 0, unsettled: 0, problems: [] });
  });
});

describe("the send rate", () => {
  test("spaces the sends of a key and refuses a wait that is too long, holding nothing", async () => {
    const ctx = await makeTeam();
    const waits = [];
    for (let index = 0; index < 4; index++) {
      const [id, ask] = [randomUUID(), askOf(ctx, `paced ${index}`)];
      await claim(ctx.team.id, id, ask);
      waits.push(await beginSend(ctx.team.id, id, ask.nonce, { ...SEND, perSecond: 0.1, maxWaitMs: 25_000 }));
    }
    expect(waits.map(({ result }) => result)).toEqual(["ok", "ok", "ok", "upstream_rate_limited"]);
    const ms = waits.map((wait) => ("waitMs" in wait ? wait.waitMs : Number.NaN));
    expect(ms[0]).toBe(0);
    expect(ms[1]).toBeGreaterThan(9_000);
    expect(ms[2]).toBeGreaterThan(19_000);
    expect(await verifyLedger({ teamId: ctx.team.id })).toMatchObject({ requests: 4, sending: 3, problems: [] });
  });
});

describe("append-only", () => {
  test("neither the ordinary role nor the owner nor a superuser alters or removes an event", async () => {
    const ctx = await makeTeam();
    const { id } = await sending(ctx, "fixed");
    const app = database.appPool;
    for (const sql of [
      "update credit_event set credits = 0",
      "delete from credit_event",
      "truncate credit_event",
      "update credit_request set price_credits = 1",
      "insert into credit_counter select * from credit_counter",
      "delete from credit_request",
    ]) {
      await expect(app.query(sql), sql).rejects.toMatchObject({ code: "42501" });
    }
    const client = await database.superuserPool.connect();
    try {
      await client.query("set session_replication_role = replica");
      await expect(
        client.query("update credit_event set credits = 9 where request_id = $1", [id]),
      ).rejects.toMatchObject({ code: "23001" });
      await expect(client.query("delete from credit_event where request_id = $1", [id])).rejects.toMatchObject({
        code: "23001",
      });
      await expect(client.query("truncate credit_event")).rejects.toMatchObject({ code: "23001" });
    } finally {
      await client.query("set session_replication_role = default");
      client.release();
    }
  });
});

// What may happen to a request, at any moment, in any order.
type Deed =
  | { do: "claim"; word: number; member: number }
  | { do: "begin" | "charged" | "not_charged" | "unsettled" | "die" | "by_hand_yes" | "by_hand_no"; pick: number }
  | { do: "sweep" }
  | { do: "limit"; credits: number | null }
  | { do: "month" }
  | { do: "key" };
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("claim" as const), word: fc.nat(3), member: fc.nat(1) }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "begin" as const,
        "begin" as const,
        "charged" as const,
        "not_charged" as const,
        "unsettled" as const,
        "die" as const,
        "by_hand_yes" as const,
        "by_hand_no" as const,
      ),
      pick: fc.nat(7),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Deed>({ do: "sweep" }, { do: "month" }, { do: "key" }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("limit" as const), credits: fc.option(fc.nat(12)) }) },
);

test("whatever happens in whatever order, the ledger proves itself and no limit is overstepped by a new claim", async () => {
  const settlements = { charged, not_charged: notCharged, unsettled };
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 40 }), async (deeds) => {
      await database.superuserPool.query("update app_clock set offset_seconds = 0");
      const ctx = await makeTeam();
      const members = [ctx, await makeMember(ctx, "analyst")];
      const made: { id: string; ask: Ask }[] = [];
      for (const step of deeds) {
        if (step.do === "claim") {
          const [id, ask] = [randomUUID(), askOf(members[step.member] ?? ctx, `word ${step.word}`)];
          const claimed = await claim(ctx.team.id, id, ask);
          if (claimed.result === "claimed") made.push({ id, ask });
          const { rows } = await database.superuserPool.query(
            "select spent + held + unsettled as used, limit_credits as most from credit_counter where team_id = $1 and scope = 'team' order by period_start desc limit 1",
            [ctx.team.id],
          );
          if (claimed.result === "claimed" && rows[0]?.most !== null)
            expect(rows[0]?.used).toBeLessThanOrEqual(rows[0]?.most);
        } else if (step.do === "sweep") await sweepOrphans();
        else if (step.do === "limit") await setLimit({ teamId: ctx.team.id, memberId: null, credits: step.credits });
        else if (step.do === "month")
          await database.superuserPool.query("update app_clock set offset_seconds = offset_seconds + 32 * 86400");
        else if (step.do === "key") await makeKey(ctx.team.id, "sandbox");
        else {
          const request = made[step.pick % Math.max(1, made.length)];
          if (!request) continue;
          const { id, ask } = request;
          if (step.do === "begin") await beginSend(ctx.team.id, id, ask.nonce, SEND);
          else if (step.do === "die")
            await database.superuserPool.query(
              "update credit_request set lease_until = now() - interval '1 second' where team_id = $1 and id = $2 and lease_until is not null",
              [ctx.team.id, id],
            );
          else if (step.do === "by_hand_yes" || step.do === "by_hand_no")
            await settleByHand(ctx, id, { charged: step.do === "by_hand_yes", reason: "test" }).catch(() => null);
          else await settle(ctx.team.id, id, ask.nonce, randomUUID(), settlements[step.do]);
        }
      }
      await exact(ctx);
    }),
    { numRuns: 40 },
  );
});
