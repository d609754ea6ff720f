import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { applyUnsettledRules } from "@/lib/credits/apply-unsettled-rules";
import { settleByHand } from "@/lib/credits/settle-by-hand";
import { sweepOrphans } from "@/lib/credits/sweep-orphans";
import { AppError } from "@/lib/platform/errors";
import type { ModelAnswer, ModelAsk, ModelRequest } from "./model";
import { askOf, type World } from "./world";

/** Something that happens; knows how to print itself in a counterexample. */
export class Deed {
  constructor(
    private readonly name: string,
    private readonly given: unknown,
    /** Does it in the database and in the model, and compares what both answer. */
    readonly run: (world: World) => Promise<void>,
  ) {}

  [fc.toStringMethod]() {
    return `${this.name} ${JSON.stringify(this.given)}`;
  }
}

function deed<T>(name: string, weight: number, given: fc.Arbitrary<T>, run: (world: World, given: T) => Promise<void>) {
  return { weight, arbitrary: given.map((value) => new Deed(name, value, (world) => run(world, value))) };
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** One of them is a calendar month, whose answer is final some days after its end. */
const QUESTIONS = [
  { q: "a", window: "7" },
  { q: "b", window: "7" },
  { q: "c", window: "2026-12" },
];
/** No age is a multiple of the tick: an answer is never exactly as old as accepted. */
const AGES = [0, 0, HOUR + 5, 40 * DAY + 5];

/** Which request is meant, counted from the latest; now and then one that this cannot happen to. */
const pick = fc.record({ index: fc.nat(9), any: fc.nat(9).map((n) => n === 9) });
type Pick = { index: number; any: boolean };
const STATES = ["reserved", "sending", "unsettled", "charged", "not_charged", "released"] as const;
const picked = (world: World, { index, any }: Pick, ...fitting: (typeof STATES)[number][]) =>
  world.request(index, any ? [...STATES] : fitting);
const mostly = fc.nat(9).map((n) => n > 0);
const rarely = fc.nat(9).map((n) => n === 9);
const buyer = fc.record({
  member: fc.nat(1),
  withToken: fc.boolean(),
  purpose: fc.constantFrom(
    "explore" as const,
    "explore" as const,
    "api" as const,
    "schedule" as const,
    "share" as const,
    "key_test" as const,
  ),
});

type Buyer = { member: number; withToken: boolean; purpose: ModelAsk["purpose"] | "share" };
const buyerOf = ({ model }: World, { member, withToken, purpose }: Buyer) => {
  const byShare = purpose === "share";
  const tokenId = withToken && !byShare ? (model.tokens[member]?.id ?? null) : null;
  return {
    ...{ memberId: model.members[member]?.id ?? "", tokenId, byShare, upstream: model.upstream },
    purpose: byShare ? ("schedule" as const) : purpose,
  };
};

const GOOD: ModelAnswer = { outcome: "charged", basis: "documented", problem: null, reason: null, rows: "good" };
const ANSWERS: ModelAnswer[] = [
  ...[GOOD, GOOD, GOOD],
  { outcome: "charged", basis: "documented", problem: null, reason: null, rows: "broken" },
  { outcome: "charged", basis: "assumed", problem: "upstream_invalid_answer", reason: "data_null", rows: "none" },
  { outcome: "not_charged", basis: "assumed", problem: "upstream_failed", reason: "http_status", rows: "none" },
  { outcome: "not_charged", basis: "proven", problem: "upstream_failed", reason: "refused", rows: "none" },
  { outcome: "not_charged", basis: "assumed", problem: "upstream_no_data", reason: "no_data", rows: "none" },
  { outcome: "not_charged", basis: "assumed", problem: "upstream_rate_limited", reason: "rate_limited", rows: "none" },
  { outcome: "not_charged", basis: "assumed", problem: "key_rejected", reason: "unauthorized", rows: "none" },
  {
    outcome: "not_charged",
    basis: "assumed",
    problem: "upstream_out_of_credits",
    reason: "out_of_credits",
    rows: "none",
  },
  { outcome: "unsettled", basis: "assumed", problem: "upstream_timeout", reason: "timed_out", rows: "none" },
  { outcome: "unsettled", basis: "assumed", problem: "upstream_invalid_answer", reason: "cut", rows: "none" },
];
const LIMITS = [null, 0, 3, 4, 6, 8, 12, 12, 20, 30];

/** Whatever may happen to a team's ledger, each with how often it does. */
export const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  deed(
    "claim",
    12,
    fc.record({
      ...{ buyer, question: fc.nat(2), maxAge: fc.constantFrom(...AGES), waited: fc.constantFrom(0, 0, 905) },
      /** Asked by somebody who had not heard that the team went live. */
      stale: rarely,
    }),
    async (world, { question, maxAge, waited, stale, ...given }) => {
      const { q, window } = QUESTIONS[question] ?? { q: "", window: "7" };
      const ask = { q, window, maxAge, waited, ...buyerOf(world, given.buyer) };
      await world.claim(askOf(stale ? { ...ask, upstream: "sandbox" } : ask));
    },
  ),
  deed(
    "buy",
    8,
    fc.record({ buyer, question: fc.nat(2), maxAge: fc.constantFrom(...AGES), answer: fc.constantFrom(...ANSWERS) }),
    async (world, { question, maxAge, answer, ...given }) => {
      const request = await send(world, given.buyer, question, maxAge);
      if (request) await world.settle(request, { nonce: request.ask.nonce, answer, times: 1 });
    },
  ),
  deed(
    "an answer comes after the next one",
    1,
    fc.record({ buyer, question: fc.nat(2), answer: fc.constantFrom(...ANSWERS) }),
    async (world, { question, answer, ...given }) => {
      const late = await send(world, given.buyer, question, 0);
      if (!late) return;
      await die(world, late);
      await world.tick();
      const next = await send(world, given.buyer, question, 0);
      if (next) await world.settle(next, { nonce: next.ask.nonce, answer: GOOD, times: 1 });
      await world.tick();
      await world.settle(late, { nonce: late.ask.nonce, answer, times: 1 });
    },
  ),
  deed(
    "claim the same id again",
    3,
    fc.record({ index: fc.nat(9), sameNonce: fc.boolean(), sameBody: mostly }),
    async (world, { index, sameNonce, sameBody }) => {
      const before = world.asks.at(-1 - (index % Math.max(1, world.asks.length)));
      if (!before) return;
      const nonce = sameNonce ? before.nonce : randomUUID();
      const body = sameBody
        ? before
        : { ...before, ...askOf({ ...before, q: "another", maxAge: before.maxAge + DAY }) };
      await world.claim({ ...body, id: before.id, nonce });
    },
  ),
  deed(
    "claim at once",
    4,
    fc.record({
      ...{ buyer, asks: fc.integer({ min: 2, max: 10 }), questions: fc.integer({ min: 1, max: 10 }) },
      /** When nobody is under way any more: questions that were asked before are free again. */
      afterDeaths: fc.boolean(),
    }),
    async (world, { asks, questions, afterDeaths, ...given }) => {
      if (afterDeaths) for (const request of world.model.requests) await die(world, request);
      await sweep(world);
      const made = Array.from({ length: asks }, (_, index) =>
        // Beside new questions those that may have been answered before: their flights are there already.
        askOf({
          q: QUESTIONS[index % questions]?.q ?? `at once ${index % questions}`,
          window: "7",
          maxAge: 0,
          waited: 0,
          ...buyerOf(world, given.buyer),
        }),
      );
      await world.claimAtOnce(made);
    },
  ),
  deed(
    "begin to send",
    14,
    fc.record({ pick, rightNonce: mostly, step: fc.constantFrom(1, 1, 1, 0, -1), queueFull: rarely }),
    async (world, { rightNonce, step, queueFull, ...given }) => {
      const request = picked(world, given.pick, "reserved", "sending");
      if (!request) return;
      const nonce = rightNonce ? request.ask.nonce : randomUUID();
      await world.begin(request, { nonce, attempt: Math.max(1, request.attempt + step), queueFull });
    },
  ),
  deed(
    "settle",
    14,
    fc.record({ pick, rightNonce: mostly, answer: fc.constantFrom(...ANSWERS), twice: rarely }),
    async (world, { rightNonce, answer, twice, ...given }) => {
      const request = picked(world, given.pick, "sending", "sending", "unsettled");
      if (!request) return;
      const nonce = rightNonce ? request.ask.nonce : randomUUID();
      await world.settle(request, { nonce, answer, times: twice ? 2 : 1 });
    },
  ),
  deed("the buyer dies", 5, fc.record({ pick }), async (world, given) => {
    const request = picked(world, given.pick, "reserved", "sending");
    if (request) await die(world, request);
  }),
  deed("sweep", 2, fc.constant(null), sweep),
  deed(
    "the team's rule changes",
    2,
    fc.record({
      says: fc.constantFrom(...(["charged", "not_charged", "ask"] as const)),
      afterHours: fc.constantFrom(2, 24),
    }),
    (world, rule) => world.setRule(rule),
  ),
  deed("the team's rule is applied", 3, fc.constant(null), async (world) => {
    const expected = world.model.applyRule();
    expect(await applyUnsettledRules()).toEqual(expected);
  }),
  deed("settle by hand", 4, fc.record({ pick, charged: fc.boolean() }), async (world, { charged, ...given }) => {
    const request = picked(world, given.pick, "unsettled", "sending", "charged", "not_charged");
    if (!request) return;
    const expected = world.model.settleByHand(request, charged);
    const actual = await settleByHand(world.ctx, request.ask.id, { charged, reason: "dashboard" }).catch((error) => {
      if (error instanceof AppError) return { code: error.code };
      throw error;
    });
    expect(actual).toMatchObject(expected);
  }),
  deed(
    "set a limit",
    4,
    fc.record({
      scope: fc.constantFrom(...(["team", "team", "schedules", "member_default", "member", "token"] as const)),
      ...{ who: fc.nat(1), credits: fc.constantFrom(...LIMITS) },
    }),
    async (world, { scope, who, credits }) => {
      const { model } = world;
      const { team } = model;
      const subjects = {
        team,
        schedules: team,
        member_default: team,
        member: model.members[who],
        token: model.tokens[who],
      };
      await world.setLimit(scope, subjects[scope]?.id ?? "", credits);
    },
  ),
  deed("ask for more", 2, fc.record({ who: fc.nat(1), credits: fc.integer({ min: 1, max: 6 }) }), (world, given) =>
    world.wish(world.model.members[given.who]?.id ?? "", given.credits),
  ),
  deed(
    "decide an ask for more",
    2,
    fc.record({ index: fc.nat(3), granted: mostly, credits: fc.integer({ min: 1, max: 6 }) }),
    async (world, { index, granted, credits }) => {
      const wish = world.model.wishes.at(-1 - (index % Math.max(1, world.model.wishes.length)));
      if (!wish) return;
      const state = granted ? "granted" : "declined";
      const [said] = await world.sql(
        "select credits_decide_ask($1, $2, $3, $4, $5) as result",
        ...[wish.id, state, granted ? credits : null, world.ctx.member.id],
      );
      expect(said).toEqual({ result: world.model.decide(wish, state, credits) });
    },
  ),
  deed("periods begin on another day", 1, fc.record({ day: fc.constantFrom(1, 3, 14, 28) }), async (world, { day }) => {
    world.model.setFirstDay(day);
    await world.sql("select credits_set_first_day($1, $2)", day);
  }),
  deed(
    "time passes",
    4,
    fc.record({ seconds: fc.constantFrom(10 * 60, 2 * HOUR, DAY, 4 * DAY, 32 * DAY) }),
    (world, { seconds }) => world.tick(seconds),
  ),
  deed("change the key", 2, fc.record({ replace: mostly }), (world, { replace }) =>
    world.changeKey(world.model.upstream, replace),
  ),
  deed("go live", 1, fc.constant(null), async (world) => {
    world.model.upstream = "live";
    await world.sql("update team set upstream = 'live' where id = $1");
    await world.changeKey("live");
  }),
  deed(
    "the cool-down goes on",
    1,
    fc.record({ seconds: fc.constantFrom(5 * 60, 20 * 60) }),
    async (world, { seconds }) => {
      for (const key of world.model.keys) if (key.outOfCreditsFor !== null) key.outOfCreditsFor = seconds;
      await world.sql(
        `update team_key set out_of_credits_at = clock_timestamp() - make_interval(secs => $2)
         where team_id = $1 and out_of_credits_at is not null`,
        seconds,
      );
    },
  ),
  deed(
    "a member changes",
    2,
    fc.record({
      who: fc.nat(1),
      removed: rarely,
      role: fc.constantFrom(...(["analyst", "analyst", "viewer"] as const)),
    }),
    async (world, { who, ...change }) => {
      const member = world.model.members[who];
      if (!member) return;
      Object.assign(member, change);
      await world.sql(
        "update membership set removed_at = case when $3 then now() end, role = $4 where team_id = $1 and id = $2",
        ...[member.id, change.removed, change.role],
      );
    },
  ),
  deed(
    "a token changes",
    2,
    fc.record({
      ...{ who: fc.nat(1), revoked: rarely, expired: rarely },
      scope: fc.constantFrom(...(["read+spend", "read+spend", "read"] as const)),
    }),
    async (world, { who, ...change }) => {
      const token = world.model.tokens[who];
      if (!token) return;
      Object.assign(token, change);
      await world.sql(
        `update api_token set revoked_at = case when $3 then now() end, scope = $5,
           expires_at = now() + make_interval(days => case when $4 then -1 else 1 end) where team_id = $1 and id = $2`,
        ...[token.id, change.revoked, change.expired, change.scope],
      );
    },
  ),
);

/** Claims and begins to send; null when there is nothing to send. */
async function send(world: World, buys: Buyer, question: number, maxAge: number): Promise<ModelRequest | null> {
  const { q, window } = QUESTIONS[question] ?? { q: "", window: "7" };
  const ask = askOf({ q, window, maxAge, waited: 0, ...buyerOf(world, buys) });
  await world.claim(ask);
  const request = world.model.requests.find(({ ask: own }) => own === ask);
  if (request) await world.begin(request, { nonce: ask.nonce, attempt: 1, queueFull: false });
  return request ?? null;
}

/** Its lease runs out, and nobody has noticed yet. */
async function die(world: World, request: ModelRequest): Promise<void> {
  if (request.state !== "reserved" && request.state !== "sending") return;
  request.leaseOver = true;
  await world.sql(
    "update credit_request set lease_until = clock_timestamp() - interval '1 second' where team_id = $1 and id = $2",
    request.ask.id,
  );
}

async function sweep(world: World): Promise<void> {
  const expected = world.model.sweep();
  expect(await sweepOrphans()).toEqual(expected);
}
