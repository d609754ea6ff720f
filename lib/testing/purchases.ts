import { afterAll, beforeAll, beforeEach, expect, vi } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import { type BuyPageCall, buyPage } from "@/lib/insights/buy-page";
import { type Answer, type BuyPageInput, buyPageSchema } from "@/lib/insights/schemas";
import { AppError } from "@/lib/platform/errors";
import { runtime, setRuntime } from "@/lib/platform/runtime";
import { type TestDatabase, testDatabase } from "./database";
import { type Exchange, fullPage, json, type ScriptedUpstream, scriptedUpstream, wirePage } from "./scripted-upstream";

/** A database and an upstream for a test file; before each test the upstream answers full pages and forgot all. */
export function purchases(): { readonly database: TestDatabase; readonly upstream: ScriptedUpstream } {
  let database: TestDatabase | undefined;
  let upstream: ScriptedUpstream | undefined;
  const there = <T>(made: T | undefined): T => {
    if (!made) throw new Error("Only inside a test or a hook");
    return made;
  };
  beforeAll(async () => {
    database = await testDatabase();
    upstream = await scriptedUpstream();
    setRuntime({ ...runtime(), sandboxUrl: upstream.url });
  });
  afterAll(async () => {
    await upstream?.close();
    await database?.drop();
  });
  beforeEach(() => {
    upstream?.answer(fullPage);
    if (upstream) upstream.seen.length = 0;
  });
  return {
    get database() {
      return there(database);
    },
    get upstream() {
      return there(upstream);
    },
  };
}

/** The first page of the US, last 7 days, unless told otherwise. */
export const ask = (over: Record<string, unknown> = {}): BuyPageInput =>
  buyPageSchema.parse({ region: "US", window: "7", ...over });

export const explore: BuyPageCall = { idempotencyKey: null, purpose: "explore" };

/** Purchases with a past: what is stored may be moved in time, which it never is outside of such tests. */
export function pastPurchases() {
  const given = purchases();
  beforeAll(() =>
    given.database.superuserPool.query(
      "alter table ranking_row disable trigger user; alter table snapshot disable trigger user",
    ),
  );
  /** Bought through the real path, then as if it had been fetched at that moment. Its receipt's id. */
  const bought = async (ctx: TeamContext, at: string, rows: unknown[], question: object = {}) => {
    given.upstream.answer((_request, response) => json(response, 200, wirePage(rows)));
    const { snapshot } = await buyPage(ctx, ask({ maxAgeMinutes: 0, ...question }), explore);
    for (const update of [
      "ranking_row set fetched_at = $1 where snapshot_id = $2",
      "snapshot set fetched_at = $1 where id = $2",
    ]) {
      await given.database.superuserPool.query(`update ${update}`, [at, snapshot.id]);
    }
    return snapshot.receipt.id;
  };
  return { given, bought };
}

/** Holds the upstream's answer until so many of a team have asked: only then were they all at once. */
export function answerOnceAllAsked(
  given: ReturnType<typeof purchases>,
  ctx: TeamContext,
  asks: number,
  then: Exchange,
) {
  const asked = () =>
    given.database.superuserPool.query("select count(*)::int as n from served_answer where team_id = $1", [
      ctx.team.id,
    ]);
  given.upstream.answer(async (question, response, count) => {
    await vi.waitUntil(async () => (await asked()).rows[0].n === asks, { timeout: 50_000 });
    then(question, response, count);
  });
}

/** The error that a purchase ended in. */
export async function failure(promise: Promise<Answer>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

export async function expectExact(ctx: TeamContext) {
  const check = await verifyLedger({ teamId: ctx.team.id });
  expect(check.problems).toEqual([]);
  return check;
}

export type RequestRow = { state: string; basis: string | null; problem: string | null; reason: string | null };

/** The team's newest request, with its events in order. */
export async function lastRequest(
  database: TestDatabase,
  ctx: TeamContext,
): Promise<RequestRow & { id: string; events: string }> {
  const { rows } = await database.superuserPool.query(
    `select r.id, r.state, r.basis, r.problem, r.reason, (select string_agg(kind, ' ' order by seq) from credit_event e
       where e.team_id = r.team_id and e.request_id = r.id) as events
     from credit_request r where team_id = $1 order by reserved_at desc limit 1`,
    [ctx.team.id],
  );
  return rows[0];
}
