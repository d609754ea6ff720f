import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { questionKey } from "@/lib/insights/question";
import { questionSchema } from "@/lib/insights/schemas";
import { readNotifications } from "@/lib/notifications/read-notifications";
import type { NoticeFacts } from "@/lib/notifications/schemas";
import { makeKey, makeMember, makeTeam, unique } from "@/lib/testing/factories";
import { expectExact, purchases } from "@/lib/testing/purchases";
import { type Ask, beginSend, claim, type Settlement, settle } from "./ledger";
import { setLimit } from "./set-limit";
import { settleByHand } from "./settle-by-hand";

const given = purchases();

const CHARGED: Settlement = {
  outcome: "charged",
  basis: "documented",
  problem: null,
  reason: null,
  httpStatus: 200,
  upstreamRequestId: null,
  raw: Buffer.from("{}"),
  answerJson: JSON.stringify({ total: 0, hasMore: false, rows: [] }),
};
const UNSETTLED: Settlement = {
  ...CHARGED,
  outcome: "unsettled",
  basis: "assumed",
  problem: "upstream_timeout",
  httpStatus: null,
  raw: null,
  answerJson: null,
};
const refused = (problem: string): Settlement => ({
  ...UNSETTLED,
  outcome: "not_charged",
  problem,
  reason: "missing",
  httpStatus: 401,
});

/** A request that went out; it waits to be settled. */
async function sending(ctx: TeamContext, over: Partial<Ask> = {}) {
  const [id, nonce, word] = [randomUUID(), randomUUID(), unique("word")];
  const upstream = ctx.team.upstream ?? "sandbox";
  const ask: Ask = {
    upstream,
    endpoint: "insights_products",
    region: "US",
    window: "7",
    categoryId: null,
    q: word,
    page: 1,
    questionKey: questionKey(upstream, questionSchema.parse({ region: "US", window: "7", q: word })),
    memberId: ctx.member.id,
    tokenId: ctx.token?.id ?? null,
    purpose: "explore",
    inputHash: word,
    priceCredits: 2,
    maxAgeMs: 0,
    waitedMs: 0,
    leaseMs: 60_000,
    nonce,
    ...over,
  };
  expect(await claim(ctx.team.id, id, ask)).toMatchObject({ result: "claimed" });
  const sent = await beginSend(ctx.team.id, id, nonce, {
    attempt: 1,
    leaseMs: 60_000,
    perSecond: 10_000,
    maxWaitMs: 30_000,
  });
  expect(sent).toMatchObject({ result: "ok" });
  return { id, nonce, settle: (how: Settlement) => settle(ctx.team.id, id, nonce, randomUUID(), how) };
}

/** Requests of 2 credits each, charged one after the other. */
async function spend(ctx: TeamContext, credits: number, over: Partial<Ask> = {}) {
  for (let spent = 0; spent < credits; spent += over.priceCredits ?? 2)
    await (await sending(ctx, over)).settle(CHARGED);
}

const teamLimit = (ctx: TeamContext, credits: number | null) =>
  setLimit({ teamId: ctx.team.id, memberId: null, credits });
const memberLimit = (ctx: TeamContext, credits: number | null) =>
  setLimit({ teamId: ctx.team.id, memberId: ctx.member.id, credits });
const scopeLimit = (ctx: TeamContext, scope: string, subject: string, credits: number) =>
  given.database.appPool.query("select credits_set_limit($1, $2, $3, $4)", [ctx.team.id, scope, subject, credits]);

/** What a member was told of limits, oldest first: "team 50", "member 90". */
async function told(ctx: TeamContext): Promise<string[]> {
  const { items } = await readNotifications(ctx);
  return items
    .flatMap((item) => (item.kind === "limit_reached_percent" ? [`${item.facts.scope} ${item.facts.percent}`] : []))
    .reverse();
}

describe("the shares of a limit", () => {
  test("are 50, 75 and 90 % of it, and 100 when the next request of the same price no longer fits", async () => {
    const credits = fc.integer({ min: 0, max: 1_000_000_000 });
    const near = fc
      .tuple(credits, fc.constantFrom(0.5, 0.75, 0.9, 1), fc.integer({ min: -3, max: 3 }))
      .map(([limit, share, off]) => [Math.max(0, Math.ceil(limit * share) + off), limit] as const);
    const cases = fc.sample(
      fc.tuple(fc.oneof(near, fc.tuple(credits, credits)), fc.integer({ min: 1, max: 50 })),
      4_000,
    );
    const { rows } = await given.database.superuserPool.query(
      "select credit_percent_reached(u, l, p) as percent from unnest($1::int[], $2::int[], $3::int[]) as t(u, l, p)",
      [cases.map(([[used]]) => used), cases.map(([[, limit]]) => limit), cases.map(([, price]) => price)],
    );
    const expected = cases.map(([[used, limit], price]) => {
      if (used === 0) return 0;
      if (used + price > limit) return 100;
      return [90, 75, 50].find((percent) => used * 100 >= percent * limit) ?? 0;
    });
    expect(rows.map(({ percent }) => percent)).toEqual(expected);
  });

  test("do not exist without a limit", async () => {
    const { rows } = await given.database.superuserPool.query("select credit_percent_reached(10, null, 2) as percent");
    expect(rows).toEqual([{ percent: 0 }]);
  });
});

describe("a limit that is being spent", () => {
  test("tells 50, 75, 90 and 100 % once each, with the figures of that moment", async () => {
    const ctx = await makeTeam();
    await teamLimit(ctx, 40);
    await spend(ctx, 40);
    expect(await told(ctx)).toEqual(["team 50", "team 75", "team 90", "team 100"]);
    const { items } = await readNotifications(ctx);
    const facts = items[2]?.facts as NoticeFacts<"limit_reached_percent">;
    expect(facts).toMatchObject({
      upstream: "sandbox",
      percent: 75,
      limitCredits: 40,
      usedCredits: 30,
      leftCredits: 10,
    });
    expect(items.map(({ link, readAt }) => [link, readAt])).toEqual(Array(4).fill(["/credits", null]));
    await expectExact(ctx);
  });

  test("says 100 % when another request of the same price no longer fits", async () => {
    const ctx = await makeTeam();
    await teamLimit(ctx, 41);
    await spend(ctx, 38);
    expect(await told(ctx)).toEqual(["team 50", "team 75", "team 90"]);
    await spend(ctx, 2);
    expect(await told(ctx)).toEqual(["team 50", "team 75", "team 90", "team 100"]);
  });

  test("tells each share once under 200 settlements at once over two pools", async () => {
    const ctx = await makeTeam();
    await teamLimit(ctx, 400);
    await memberLimit(ctx, 800);
    const requests = await Promise.all(Array.from({ length: 200 }, () => sending(ctx)));
    const other = (request: { id: string; nonce: string }) =>
      given.database.appPool.query("select * from credits_settle($1, $2, $3, $4, $5::jsonb, $6, $7)", [
        ctx.team.id,
        request.id,
        request.nonce,
        randomUUID(),
        JSON.stringify({ outcome: "charged", basis: "documented", http_status: 200 }),
        CHARGED.raw,
        CHARGED.answerJson,
      ]);
    await Promise.all(requests.map((request, index) => (index % 2 ? request.settle(CHARGED) : other(request))));
    expect((await told(ctx)).sort()).toEqual(["member 50", "team 100", "team 50", "team 75", "team 90"]);
    await expectExact(ctx);
  });

  test("tells only the highest of several shares reached at once; the lower ones count as told", async () => {
    const ctx = await makeTeam();
    await teamLimit(ctx, 100);
    await spend(ctx, 80, { priceCredits: 80 });
    // 80 more would not fit, so this is the end for a request of that price.
    expect(await told(ctx)).toEqual(["team 100"]);
    const cheap = await makeTeam();
    await teamLimit(cheap, 10);
    await (await sending(cheap, { priceCredits: 4 })).settle(CHARGED);
    await (await sending(cheap, { priceCredits: 4 })).settle(CHARGED);
    await (await sending(cheap, { priceCredits: 1 })).settle(CHARGED);
    expect(await told(cheap)).toEqual(["team 100"]);
  });

  test("counts what is unsettled, and settling it as charged tells nothing again", async () => {
    const ctx = await makeTeam();
    await teamLimit(ctx, 8);
    const [one, two] = [await sending(ctx), await sending(ctx)];
    await one.settle(UNSETTLED);
    expect(await told(ctx)).toEqual([]);
    await two.settle(UNSETTLED);
    expect(await told(ctx)).toEqual(["team 50"]);
    await settleByHand(ctx, two.id, { charged: false, reason: "dashboard" });
    await settleByHand(ctx, two.id, { charged: true, reason: "dashboard" });
    await settleByHand(ctx, one.id, { charged: true, reason: "dashboard" });
    expect(await told(ctx)).toEqual(["team 50"]);
    await expectExact(ctx);
  });

  test("tells in the settlement's own statement: a crash before its commit leaves neither, and both come later", async () => {
    const ctx = await makeTeam();
    await teamLimit(ctx, 4);
    const request = await sending(ctx);
    const client = await given.database.appPool.connect();
    client.on("error", () => {});
    await client.query("begin");
    await client.query("select * from credits_settle($1, $2, $3, $4, $5::jsonb, null, null)", [
      ctx.team.id,
      request.id,
      request.nonce,
      randomUUID(),
      JSON.stringify({ outcome: "charged", basis: "documented" }),
    ]);
    const { rows } = await client.query("select pg_backend_pid() as pid");
    await given.database.superuserPool.query("select pg_terminate_backend($1)", [rows[0].pid]);
    client.release(true);
    expect(await told(ctx)).toEqual([]);
    await request.settle(CHARGED);
    expect(await told(ctx)).toEqual(["team 50"]);
    await expectExact(ctx);
  });

  test("settles also when its notice cannot be written", async () => {
    const ctx = await makeTeam();
    await teamLimit(ctx, 4);
    const owner = given.database.superuserPool;
    await owner.query(`alter table notification add constraint broken check (team_id <> '${ctx.team.id}') not valid`);
    try {
      await spend(ctx, 2);
    } finally {
      await owner.query("alter table notification drop constraint broken");
    }
    expect(await told(ctx)).toEqual([]);
    expect(await expectExact(ctx)).toMatchObject({ charged: 2 });
  });

  test("keeps sandbox and live apart, and says which", async () => {
    const ctx = await makeTeam();
    await teamLimit(ctx, 4);
    await spend(ctx, 2);
    await makeKey(ctx.team.id, "live");
    await asTeam(ctx.team.id, (tx) => tx.team.update({ where: { id: ctx.team.id }, data: { upstream: "live" } }));
    await spend({ ...ctx, team: { ...ctx.team, upstream: "live" } }, 2);
    const { items } = await readNotifications(ctx);
    expect(items.map(({ facts }) => "upstream" in facts && facts.upstream)).toEqual(["live", "sandbox"]);
    expect(await told(ctx)).toEqual(["team 50", "team 50"]);
  });
});

describe("a limit that is changed", () => {
  test("beneath what is spent tells the share that this reaches, once for each value of the limit", async () => {
    const ctx = await makeTeam();
    await teamLimit(ctx, 100);
    await spend(ctx, 10);
    expect(await told(ctx)).toEqual([]);
    await teamLimit(ctx, 12);
    expect(await told(ctx)).toEqual(["team 75"]);
    await teamLimit(ctx, 0);
    expect(await told(ctx)).toEqual(["team 75", "team 100"]);
    await teamLimit(ctx, 100);
    await teamLimit(ctx, 12);
    await teamLimit(ctx, 0);
    expect(await told(ctx)).toEqual(["team 75", "team 100"]);
  });

  test("and raised or removed tells nothing; spending on tells the shares of the new value", async () => {
    const ctx = await makeTeam();
    await teamLimit(ctx, 12);
    await spend(ctx, 10);
    expect(await told(ctx)).toEqual(["team 50", "team 75"]);
    await teamLimit(ctx, 16);
    await teamLimit(ctx, null);
    expect(await told(ctx)).toEqual(["team 50", "team 75"]);
    await teamLimit(ctx, 16);
    expect(await told(ctx)).toEqual(["team 50", "team 75", "team 50"]);
    await spend(ctx, 2);
    expect(await told(ctx)).toEqual(["team 50", "team 75", "team 50", "team 75"]);
  });

  test("tells nothing before anything was spent", async () => {
    const ctx = await makeTeam();
    await spend(ctx, 2);
    const other = await makeMember(ctx, "analyst");
    await memberLimit(other, 0);
    expect(await told(other)).toEqual([]);
  });
});

describe("who is told", () => {
  let owner: TeamContext;
  let admin: TeamContext;
  let analyst: TeamContext;
  let viewer: TeamContext;
  let gone: TeamContext;
  beforeAll(async () => {
    owner = await makeTeam();
    admin = await makeMember(owner, "admin");
    analyst = await makeMember(owner, "analyst", "Ana Ruiz");
    viewer = await makeMember(owner, "viewer");
    gone = await makeMember(owner, "admin");
    await asTeam(owner.team.id, (tx) =>
      tx.membership.updateMany({
        where: { teamId: owner.team.id, id: gone.member.id },
        data: { removedAt: new Date() },
      }),
    );
  });
  const everybody = async (): Promise<Record<string, string[]>> =>
    Object.fromEntries(
      await Promise.all(
        Object.entries({ owner, admin, analyst, viewer, gone }).map(async ([who, ctx]) => [who, await told(ctx)]),
      ),
    );

  test("of a member's limit: the member, and at 100 % owners and admins too", async () => {
    await memberLimit(analyst, 8);
    await spend(analyst, 6);
    expect(await everybody()).toEqual({
      owner: [],
      admin: [],
      analyst: ["member 50", "member 75"],
      viewer: [],
      gone: [],
    });
    await spend(analyst, 2);
    expect(await everybody()).toMatchObject({
      owner: ["member 100"],
      admin: ["member 100"],
      analyst: ["member 50", "member 75", "member 100"],
    });
    const { items } = await readNotifications(admin);
    expect(items[0]).toMatchObject({ name: "Ana Ruiz", link: `/credits?member=${analyst.member.id}` });
    await memberLimit(analyst, null);
  });

  test("of the limit of a token: its member alone, by the token's name", async () => {
    const { id } = await createToken({
      teamId: owner.team.id,
      memberId: analyst.member.id,
      name: "nightly export",
      scope: "read+spend",
    });
    await scopeLimit(owner, "token", id, 4);
    await spend({ ...analyst, token: { id, scope: "read+spend" } }, 4);
    const { items } = await readNotifications(analyst);
    expect(items.slice(0, 2).map(({ name, facts }) => [name, "percent" in facts && facts.percent])).toEqual([
      ["nightly export", 100],
      ["nightly export", 50],
    ]);
    expect(await told(owner)).not.toContain("token 100");
  });

  test("of the schedules' share and the team's limit: owners and admins, removed ones never", async () => {
    await scopeLimit(owner, "schedules", owner.team.id, 4);
    await spend(analyst, 4, { purpose: "schedule" });
    await teamLimit(owner, 20);
    const all = await everybody();
    for (const who of ["owner", "admin"]) {
      expect(all[who]).toEqual(["member 100", "schedules 50", "schedules 100", "team 75"]);
    }
    expect(all.analyst?.filter((one) => /team|schedules/.test(one))).toEqual([]);
    expect([all.viewer, all.gone]).toEqual([[], []]);
  });
});

describe("a key that the provider refuses", () => {
  const kinds = async (ctx: TeamContext) => (await readNotifications(ctx)).items.map(({ kind }) => kind);

  test("is told to owners and admins once a day and version of the key", async () => {
    const owner = await makeTeam();
    const [admin, analyst] = [await makeMember(owner, "admin"), await makeMember(owner, "analyst")];
    const requests = await Promise.all([1, 2, 3].map(() => sending(analyst)));
    for (const request of requests) await request.settle(refused("key_rejected"));
    for (const ctx of [owner, admin]) expect(await kinds(ctx)).toEqual(["key_rejected"]);
    expect(await kinds(analyst)).toEqual([]);
    expect((await readNotifications(owner)).items[0]).toMatchObject({
      link: "/settings/key",
      facts: { reason: "missing" },
    });
    await makeKey(owner.team.id, "sandbox");
    await (await sending(analyst)).settle(refused("key_rejected"));
    expect(await kinds(owner)).toEqual(["key_rejected", "key_rejected"]);
  });

  test("for want of credits is told as that, and the settlement holds without its notice", async () => {
    const owner = await makeTeam();
    const requests = await Promise.all([1, 2].map(() => sending(owner)));
    for (const request of requests) await request.settle(refused("upstream_out_of_credits"));
    expect(await kinds(owner)).toEqual(["upstream_out_of_credits"]);
    await expectExact(owner);
  });
});
