import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { type Ask, beginSend, type Claim, claim, type Settlement, settle } from "@/lib/credits/ledger";
import { sweepOrphans } from "@/lib/credits/sweep-orphans";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import type { TestDatabase } from "@/lib/testing/database";
import { makeKey, makeMember, makeTeam } from "@/lib/testing/factories";
import {
  LedgerModel,
  type LimitScope,
  type ModelAnswer,
  type ModelAsk,
  type ModelKey,
  type ModelRequest,
  type ModelRule,
  type Scope,
  type Upstream,
} from "./model";

/** A team's calendar and the moment (UTC) at which its story begins: shortly before a period ends. */
export type Calendar = { zone: string; firstDay: number; from: string };

/** Every deed takes this long, so that times of the model never lie on an edge that the real clock could cross. */
const TICK_SECONDS = 10;
/** Leases end when a test says so. */
const LEASE_MS = 36_000_000;

/** A team in the database and its model, which hear of the same deeds. */
export class World {
  readonly asks: ModelAsk[] = [];

  private constructor(
    readonly database: TestDatabase,
    /** The owner, who settles by hand and never buys. */
    readonly ctx: TeamContext,
    readonly model: LedgerModel,
  ) {}

  static async make(database: TestDatabase, calendar: Calendar): Promise<World> {
    const ctx = await makeTeam({ timeZone: calendar.zone, upstream: null });
    const team = { id: ctx.team.id, zone: calendar.zone, firstDay: calendar.firstDay };
    const world = new World(database, ctx, new LedgerModel(team, Date.parse(calendar.from) / 1000));
    await world.sql("update team set period_first_day = $2, upstream = 'sandbox' where id = $1", calendar.firstDay);
    await world.changeKey("sandbox");
    for (let made = 0; made < 2; made++) {
      const { member } = await makeMember(ctx, "analyst");
      world.model.members.push({ id: member.id, removed: false, role: "analyst" });
      const token = await createToken({ teamId: team.id, memberId: member.id, name: "script", scope: "read+spend" });
      world.model.tokens.push({ id: token.id, revoked: false, expired: false, scope: "read+spend" });
    }
    // What stories before this one left behind is none of its sweeper's business, nor of the rules that are applied.
    await sweepOrphans();
    await world.sql("update team set unsettled_rule = 'ask' where id <> $1");
    return world;
  }

  /** Nobody holds the superuser: for what a test decides in the world's place. `$1` is the team. */
  async sql(text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.database.superuserPool.query(text, [this.model.team.id, ...values])).rows;
  }

  /** Lets time pass and tells the database's clock. */
  async tick(seconds = TICK_SECONDS): Promise<void> {
    this.model.now += seconds;
    await this.database.superuserPool.query(
      "update app_clock set offset_seconds = round(extract(epoch from to_timestamp($1) - clock_timestamp()))::int",
      [this.model.now],
    );
  }

  /** One of the latest requests in one of these states; null when there is none. */
  request(pick: number, states: ModelRequest["state"][]): ModelRequest | null {
    const fitting = this.model.requests.filter(({ state }) => states.includes(state));
    return fitting.at(-1 - (pick % Math.max(1, fitting.length))) ?? null;
  }

  /** Asks, and hears what the model foretells. */
  async claim(ask: ModelAsk): Promise<void> {
    this.asks.push(ask);
    this.compareClaim(await this.askLedger(ask), ask);
  }

  /** Asks at once. Whoever is granted comes first in the model: after a refusal nobody is. */
  async claimAtOnce(asks: ModelAsk[]): Promise<void> {
    this.asks.push(...asks);
    const claims = await Promise.all(asks.map(async (ask) => ({ ask, actual: await this.askLedger(ask) })));
    const isGranted = (actual: Claim) => (actual.result === "claimed" ? 0 : 1);
    for (const { ask, actual } of claims.toSorted((a, b) => isGranted(a.actual) - isGranted(b.actual)))
      this.compareClaim(actual, ask);
  }

  private compareClaim(actual: Claim, ask: ModelAsk): void {
    const expected = this.model.claim(ask);
    if (actual.result !== "upstream_out_of_credits") {
      expect(expected).toContainEqual(actual);
      return;
    }
    // By the real clock: how long exactly depends on the machine.
    const { retryAfterSeconds, ...rest } = actual;
    expect(expected).toEqual([rest]);
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect(retryAfterSeconds).toBeLessThanOrEqual(ask.purpose === "schedule" ? 900 : 60);
  }

  private askLedger(ask: ModelAsk): Promise<Claim> {
    const wire: Ask = {
      ...{ upstream: ask.upstream, endpoint: "insights_products", region: "US", window: ask.window, page: 1 },
      ...{ categoryId: null, q: ask.q, questionKey: ask.questionKey, memberId: ask.memberId, tokenId: ask.tokenId },
      ...{
        purpose: ask.purpose,
        byShare: ask.byShare,
        inputHash: ask.body,
        priceCredits: ask.price,
        nonce: ask.nonce,
        leaseMs: LEASE_MS,
      },
      ...{ maxAgeMs: ask.maxAge * 1000, waitedMs: ask.waited * 1000 },
    };
    return claim(this.model.team.id, ask.id, wire);
  }

  /** With `queueFull` the key's next send slot is too far away. */
  async begin(request: ModelRequest, given: { nonce: string; attempt: number; queueFull: boolean }): Promise<void> {
    const { nonce, attempt, queueFull } = given;
    const expected = this.model.begin(request, nonce === request.ask.nonce, attempt, queueFull);
    const nextSlot = (after: string) =>
      this.sql(
        `insert into key_pace values ($1, $2, clock_timestamp() + $3::interval)
           on conflict (team_id, key_id) do update set next_slot_at = excluded.next_slot_at`,
        ...[request.keyId, after],
      );
    if (queueFull) await nextSlot("1 hour");
    const options = { attempt, leaseMs: LEASE_MS, perSecond: 1_000, maxWaitMs: 30_000 };
    expect(await beginSend(this.model.team.id, request.ask.id, nonce, options)).toMatchObject(expected);
    if (queueFull) await nextSlot("0");
  }

  /** So many times at once with the same answer: one settles, and which one does not matter. */
  async settle(request: ModelRequest, given: { nonce: string; answer: ModelAnswer; times: number }): Promise<void> {
    const { nonce, answer, times } = given;
    const snapshotId = randomUUID();
    const settlement = settlementOf(answer);
    const once = () => settle(this.model.team.id, request.ask.id, nonce, snapshotId, settlement);
    const actual = await Promise.all(Array.from({ length: times }, once));
    for (const said of actual.toSorted((a, b) => Number(b.result === "settled") - Number(a.result === "settled")))
      expect(said).toMatchObject(this.model.settle(request, nonce === request.ask.nonce, answer, snapshotId));
  }

  /** Another key in use, beside which the old one is kept; or the one in use removed. */
  async changeKey(upstream: Upstream, replace = true): Promise<void> {
    const old = this.model.activeKey(upstream);
    if (old) old.ended = true;
    if (replace) {
      const id = await makeKey(this.model.team.id, upstream);
      const key: ModelKey = { id, upstream, ended: false, gone: false, rejected: null, outOfCreditsFor: null };
      this.model.keys.push(key);
    } else {
      if (old) old.gone = true;
      await this.sql(
        `update team_key set ended_at = now(), sealed_key_id = null, sealed_nonce = null, sealed_text = null
           where team_id = $1 and upstream = $2 and ended_at is null`,
        upstream,
      );
    }
  }

  async setLimit(scope: LimitScope, subjectId: string, credits: number | null): Promise<void> {
    this.model.setLimit(scope, subjectId, credits);
    await asTeam(
      this.model.team.id,
      (tx) =>
        tx.$executeRaw`select credits_set_limit(${this.model.team.id}::uuid, ${scope}, ${subjectId}::uuid, ${credits}::int)`,
    );
  }

  async setRule(rule: ModelRule): Promise<void> {
    this.model.rule = rule;
    await this.sql(
      "update team set unsettled_rule = $2, unsettled_after_hours = $3 where id = $1",
      ...[rule.says, rule.afterHours],
    );
  }

  /** A member asks for more in the running period; once at a time. */
  async wish(memberId: string, credits: number): Promise<void> {
    const { upstream, period, wishes } = this.model;
    const wish = { id: randomUUID(), memberId, upstream, period, state: "open" as const, credits };
    if (wishes.some((open) => open.state === "open" && open.memberId === memberId && open.period === period)) return;
    wishes.push(wish);
    await this.sql(
      `insert into limit_request (team_id, id, member_id, upstream, period_start, asked_credits, asked_at)
         values ($1, $2, $3, $4, $5::date, $6, app_now())`,
      ...[wish.id, memberId, upstream, period, credits],
    );
  }

  /** Everything that the database holds against everything that the model expects. */
  async compareAll(): Promise<void> {
    const { model } = this;
    const requests = await this.sql(
      `select r.id, r.upstream, r.key_id, r.period_start::text as period, r.repeats_id, r.state, r.basis, r.problem, r.reason,
         r.attempt, (select string_agg(kind || ':' || credits, ' ' order by seq) from credit_event e
           where e.team_id = r.team_id and e.request_id = r.id) as events,
         (select s.id from snapshot s where s.team_id = r.team_id and s.request_id = r.id) as snapshot_id
       from credit_request r where r.team_id = $1`,
    );
    const byId = (rows: Record<string, unknown>[]) => Object.fromEntries(rows.map((row) => [row.id, row]));
    expect(byId(requests)).toEqual(byId(model.requests.map(rowOf)));
    await this.compareCounters();

    // One that names nothing is as good as none.
    const flights = await this.sql(
      `select question_key, request_id, newest_snapshot_id from flight
       where team_id = $1 and coalesce(request_id, newest_snapshot_id) is not null order by question_key collate "C"`,
    );
    expect(flights).toEqual(
      [...model.flights]
        .filter(([, { owner, newest }]) => owner || newest)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([question_key, { owner, newest }]) => ({
          ...{ question_key, request_id: owner?.ask.id ?? null, newest_snapshot_id: newest?.snapshotId ?? null },
        })),
    );
    const served = await this.sql("select id, source, request_id, snapshot_id from served_answer where team_id = $1");
    expect(byId(served)).toEqual(
      byId(
        [...model.served].map(([id, { source, requestId, snapshotId }]) => ({
          ...{ id, source, request_id: requestId, snapshot_id: snapshotId },
        })),
      ),
    );
    const total = (...states: string[]) =>
      model.requests.reduce((sum, { state, ask }) => sum + (states.includes(state) ? ask.price : 0), 0);
    expect(await verifyLedger({ teamId: model.team.id })).toMatchObject({
      ...{ problems: [], requests: model.requests.length, charged: total("charged"), unsettled: total("unsettled") },
    });
  }

  /** Each counter holds what its requests sum up to, under the limit of its period; none that holds something lacks. */
  private async compareCounters(): Promise<void> {
    const { model } = this;
    const counters = await this.sql(
      `select upstream, period_start::text as period, scope, subject_id, limit_credits as limit, spent, held, unsettled
         from credit_counter where team_id = $1`,
    );
    const there = (counters as Counter[]).map(({ upstream, period, scope, subject_id }) => ({
      ...{ upstream, period, scope, subject_id, limit: model.limitIn(upstream, period, scope, subject_id) },
      ...model.sums(upstream, period, scope, subject_id),
    }));
    expect(counters).toEqual(there);
    const nameOf = (...parts: string[]) => parts.join("/");
    const needed = model.requests.flatMap(({ ask, period }) =>
      model.subjectsOf(ask).map(({ scope, subjectId }) => nameOf(ask.upstream, period, scope, subjectId)),
    );
    const names = there.map(({ upstream, period, scope, subject_id }) => nameOf(upstream, period, scope, subject_id));
    expect(names).toEqual(expect.arrayContaining([...new Set(needed)]));
  }
}

type Counter = { upstream: Upstream; period: string; scope: Scope; subject_id: string };

function rowOf(request: ModelRequest): Record<string, unknown> {
  const { ask, keyId, repeats, events, snapshotId, state, basis, problem, reason, attempt, period } = request;
  return {
    ...{
      id: ask.id,
      upstream: ask.upstream,
      key_id: keyId,
      period,
      repeats_id: repeats,
      state,
      basis,
      problem,
      reason,
    },
    ...{ attempt, events: events.join(" "), snapshot_id: snapshotId },
  };
}

const row = { place: 1, categoryId: "601583", posts: 3 };
const ROWS = {
  good: JSON.stringify({ total: 1, hasMore: false, rows: [row] }),
  // PostgreSQL has no text that holds a NUL.
  broken: JSON.stringify({ total: 1, hasMore: false, rows: [{ ...row, categoryName: "\0" }] }),
  none: null,
};
const settlementOf = (answer: ModelAnswer): Settlement => ({
  ...{ ...answer, basis: answer.basis as Settlement["basis"], answerJson: ROWS[answer.rows] },
  ...{ httpStatus: 200, upstreamRequestId: "the same for all", raw: Buffer.from("{}") },
});

/** A new ask of a buyer; its body is what makes two asks the same. */
export function askOf(over: Omit<ModelAsk, "id" | "nonce" | "body" | "questionKey" | "price">): ModelAsk {
  const questionKey = JSON.stringify([over.upstream, over.window, over.q]);
  const body = JSON.stringify([questionKey, over.maxAge]);
  return { id: randomUUID(), nonce: randomUUID(), body, questionKey, price: 2, ...over };
}
