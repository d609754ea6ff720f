import "server-only";
import type pg from "pg";
import { ledgerPool } from "@/lib/platform/db";
import type { Purpose } from "./schemas";

/** What a purchase asks of the ledger. Times in milliseconds. */
export type Ask = {
  upstream: "live" | "sandbox";
  endpoint: string;
  region: string;
  window: string;
  categoryId: string | null;
  q: string | null;
  page: number;
  questionKey: string;
  memberId: string;
  tokenId: string | null;
  purpose: Purpose;
  /** The run that asks, and what it runs for. */
  runId?: string | null;
  searchId?: string | null;
  watchlistId?: string | null;
  scheduleId?: string | null;
  /** The share for schedules pays, and nobody's own limit is touched; of schedules alone. */
  byShare?: boolean;
  inputHash: string;
  priceCredits: number;
  maxAgeMs: number;
  /** Since the ask arrived: added to the accepted age, so that no clock but the database's is compared. */
  waitedMs: number;
  leaseMs: number;
  nonce: string;
  /** The asker knows that it costs more than the team lets pass unasked. */
  confirmed?: boolean;
};

export type Claim =
  | { result: "stored"; snapshotId: string }
  | { result: "shared"; requestId: string }
  | { result: "claimed"; requestId: string }
  | { result: "replay"; source: "stored" | "shared" | "bought"; requestId: string | null; snapshotId: string | null }
  | { result: "conflict" }
  | { result: "confirm_needed" }
  | {
      result: "limit";
      scope: "team" | "schedules" | "member" | "token";
      limit: number;
      spent: number;
      held: number;
      resetsAt: Date;
    }
  | { result: "key_missing" }
  | { result: "key_rejected"; reason: string | null }
  | { result: "upstream_out_of_credits"; retryAfterSeconds: number };

const LOST_CONNECTION =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** Whether the same statement may succeed a moment later: the server was away, restarting, or full. */
export function isPassing(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  if (code && /^(08|57P0|53)/.test(code)) return true;
  if (code === "40001" || code === "40P01") return true;
  return LOST_CONNECTION.test(`${code ?? ""} ${message ?? ""}`);
}

/**
 * Runs one ledger statement; again while the database is away, for at most `patienceMs`. Each step bears repeating.
 * `values` is asked once a connection is there: what tells of time counts the wait for one.
 */
async function step<Row extends pg.QueryResultRow>(
  sql: string,
  values: () => unknown[],
  patienceMs: number,
): Promise<Row> {
  const until = performance.now() + patienceMs;
  for (let delayMs = 50; ; delayMs = Math.min(delayMs * 2, 2_000)) {
    try {
      const rows = await onConnection((client) => client.query<Row>(sql, values()));
      const row = rows[0];
      if (!row) throw new Error("A ledger step returned no row");
      return row;
    } catch (error) {
      if (!isPassing(error) || performance.now() + delayMs > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }
}

async function onConnection<Row extends pg.QueryResultRow>(
  run: (client: pg.PoolClient) => Promise<pg.QueryResult<Row>>,
): Promise<Row[]> {
  const client = await ledgerPool().connect();
  let broken: Error | undefined;
  try {
    return (await run(client)).rows;
  } catch (error) {
    if (isPassing(error)) broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Step 1: from the store, joined, or reserved. Commits by itself. */
export async function claim(teamId: string, id: string, ask: Ask): Promise<Claim> {
  const calledAt = performance.now();
  const wire = () => ({
    upstream: ask.upstream,
    endpoint: ask.endpoint,
    region: ask.region,
    window: ask.window,
    category_id: ask.categoryId,
    q: ask.q,
    page: ask.page,
    question_key: ask.questionKey,
    member_id: ask.memberId,
    token_id: ask.tokenId,
    purpose: ask.purpose,
    run_id: ask.runId ?? null,
    search_id: ask.searchId ?? null,
    watchlist_id: ask.watchlistId ?? null,
    schedule_id: ask.scheduleId ?? null,
    by_share: ask.byShare ?? false,
    input_hash: ask.inputHash,
    price_credits: ask.priceCredits,
    max_age_ms: ask.maxAgeMs,
    waited_ms: Math.ceil(ask.waitedMs + performance.now() - calledAt),
    lease_ms: ask.leaseMs,
    nonce: ask.nonce,
    confirmed: ask.confirmed ?? false,
  });
  const row = await step<{
    result: Claim["result"];
    source: "stored" | "shared" | "bought";
    request_id: string;
    snapshot_id: string;
    reason: string | null;
    scope: "team" | "schedules" | "member" | "token";
    limit_credits: number;
    spent: number;
    held: number;
    resets_at: Date;
    retry_after_seconds: number;
  }>("select * from credits_claim($1::uuid, $2::uuid, $3::jsonb)", () => [teamId, id, JSON.stringify(wire())], 15_000);
  switch (row.result) {
    case "stored":
      return { result: "stored", snapshotId: row.snapshot_id };
    case "shared":
      return { result: "shared", requestId: row.request_id };
    case "claimed":
      return { result: "claimed", requestId: row.request_id };
    case "replay":
      return { result: "replay", source: row.source, requestId: row.request_id, snapshotId: row.snapshot_id };
    case "limit":
      return {
        result: "limit",
        scope: row.scope,
        limit: row.limit_credits,
        spent: row.spent,
        held: row.held,
        resetsAt: row.resets_at,
      };
    case "key_rejected":
      return { result: "key_rejected", reason: row.reason };
    case "upstream_out_of_credits":
      return { result: "upstream_out_of_credits", retryAfterSeconds: row.retry_after_seconds };
    default:
      return { result: row.result };
  }
}

export type Leave = {
  waitMs: number;
  sentAt: Date;
  keyId: string;
  sealed: { keyId: string; nonce: Uint8Array; ciphertext: Uint8Array };
};

export type BeginSend =
  | ({ result: "ok" } & Leave)
  | { result: "key_rejected" | "forbidden" | "key_missing" | "lost" }
  | { result: "upstream_rate_limited"; waitMs: number };

/** Step 2: the last look before the socket opens. `attempt` counts from 1; a higher one is a repeat on the wire. */
export async function beginSend(
  teamId: string,
  id: string,
  nonce: string,
  options: { attempt: number; leaseMs: number; perSecond: number; maxWaitMs: number },
): Promise<BeginSend> {
  const row = await step<{
    result: BeginSend["result"];
    wait_ms: number;
    sent_at: Date;
    key_id: string;
    sealed_key_id: string;
    sealed_nonce: Uint8Array;
    sealed_text: Uint8Array;
  }>(
    "select * from credits_begin_send($1::uuid, $2::uuid, $3::uuid, $4::int, $5::bigint, $6::float8, $7::bigint)",
    () => [teamId, id, nonce, options.attempt, options.leaseMs, options.perSecond, options.maxWaitMs],
    15_000,
  );
  switch (row.result) {
    case "ok":
      return {
        result: "ok",
        waitMs: row.wait_ms,
        sentAt: row.sent_at,
        keyId: row.key_id,
        sealed: { keyId: row.sealed_key_id, nonce: row.sealed_nonce, ciphertext: row.sealed_text },
      };
    case "upstream_rate_limited":
      return { result: row.result, waitMs: row.wait_ms };
    default:
      return { result: row.result };
  }
}

export type Settlement = {
  outcome: "charged" | "not_charged" | "unsettled";
  basis: "documented" | "assumed" | "proven";
  problem: string | null;
  reason: string | null;
  httpStatus: number | null;
  upstreamRequestId: string | null;
  raw: Uint8Array | null;
  /** JSON of `{total, hasMore, rows}` in our names; null without a readable answer. */
  answerJson: string | null;
};

/**
 * Step 3: ends a request once, with its raw answer and rows. Tried for a minute while the database is away; after
 * that the lease ends it as unsettled.
 */
export function settle(teamId: string, id: string, nonce: string, snapshotId: string, settlement: Settlement) {
  const receivedAt = performance.now();
  const wire = () => ({
    outcome: settlement.outcome,
    basis: settlement.basis,
    problem: settlement.problem,
    reason: settlement.reason,
    http_status: settlement.httpStatus,
    upstream_request_id: settlement.upstreamRequestId,
    received_ago_ms: Math.round(performance.now() - receivedAt),
  });
  return step<{
    result: "settled" | "again" | "lost";
    state: string | null;
    problem: string | null;
    snapshot_id: string | null;
  }>(
    "select * from credits_settle($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::jsonb, $6::bytea, $7::text)",
    () => [
      teamId,
      id,
      nonce,
      snapshotId,
      JSON.stringify(wire()),
      settlement.raw ? Buffer.from(settlement.raw) : null,
      settlement.answerJson,
    ],
    60_000,
  );
}
