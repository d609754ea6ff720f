import "server-only";
import { randomUUID } from "node:crypto";
import type { TeamContext } from "@/lib/auth/context";
import { type Ask, beginSend, type Settlement, settle } from "@/lib/credits/ledger";
import { callUpstream } from "@/lib/keyapi/client";
import { insightsProducts } from "@/lib/keyapi/endpoints/insights-products";
import type { CallResult, RankingPage } from "@/lib/keyapi/types";
import { env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { counter, histogram } from "@/lib/platform/metrics";
import { runtime } from "@/lib/platform/runtime";
import { awaitRequest, type RequestEnd } from "./await-request";
import { readSnapshotById } from "./internal";
import type { Snapshot } from "./schemas";

/** Time for settling beyond the call itself. With the sweeper's pace it keeps "sending" below time-out + 60 s. */
const SETTLE_MS = 20_000;
const MAX_WAIT_MS = 30_000;
const READ_AGAIN_MS = 100;
const REFUSED_REPEATS = 2;
const RATE_LIMIT_REPEATS = 1;

/** How long a request may stay under way before it counts as abandoned. */
export const leaseMs = (timeoutMs: number) => timeoutMs + SETTLE_MS;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const purchases = counter(
  "nichebook_purchases_total",
  "Requests to the upstream that this process has settled, by upstream and outcome.",
);
const latency = histogram(
  "nichebook_upstream_seconds",
  "How long the calls of this process took until the answer's last byte, by upstream; repeats count each.",
  [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60],
);

type Sent = { end: RequestEnd; retryAfterSeconds: number | null };

/**
 * The reserved request's way over the wire: begin, call, settle; part of `buyPage` and of nothing else.
 * Repeats cost nobody a second price: a refused connection twice, "too many requests" once.
 */
export async function sendRequest(team: TeamContext["team"], id: string, ask: Ask): Promise<Sent> {
  let refusals = 0;
  let rateLimits = 0;
  for (let attempt = 1; ; attempt++) {
    const begun = await beginSend(team.id, id, ask.nonce, {
      attempt,
      leaseMs: ask.leaseMs,
      perSecond: env().KEYAPI_REQUESTS_PER_SECOND,
      maxWaitMs: MAX_WAIT_MS,
    });
    if (begun.result === "lost") return { end: await awaitRequest(team.id, id), retryAfterSeconds: null };
    if (begun.result !== "ok") {
      const waitSeconds = begun.result === "upstream_rate_limited" ? Math.ceil(begun.waitMs / 1000) : null;
      return ended(id, begun.result, "before_send", "not_charged", waitSeconds);
    }
    if (begun.waitMs > 0) await pause(begun.waitMs);

    const sentAt = performance.now();
    const result = await callUpstream(
      insightsProducts,
      { region: ask.region, window: ask.window, category: ask.categoryId, q: ask.q, page: ask.page },
      {
        baseUrl: baseUrl(ask.upstream),
        sealed: begun.sealed,
        place: { teamId: team.id, rowId: begun.keyId },
        timeoutMs: env().KEYAPI_TIMEOUT_MS,
        sandboxNow: ask.upstream === "sandbox" ? begun.sentAt : null,
      },
    );
    latency({ upstream: ask.upstream }, (performance.now() - sentAt) / 1000);

    if (result.repeatable === "refused" && refusals++ < REFUSED_REPEATS) {
      await pause(Math.random() * 250 * 2 ** refusals);
      continue;
    }
    if (
      result.repeatable === "rate_limited" &&
      (result.retryAfterSeconds ?? 0) * 1000 <= SETTLE_MS / 2 &&
      rateLimits++ < RATE_LIMIT_REPEATS
    ) {
      await pause(Math.max(1_000, (result.retryAfterSeconds ?? 0) * 1000));
      continue;
    }
    return settleResult(team.id, id, ask, result);
  }
}

async function settleResult(teamId: string, id: string, ask: Ask, result: CallResult<RankingPage>): Promise<Sent> {
  const snapshotId = randomUUID();
  const settlement: Settlement = {
    outcome: result.outcome,
    basis: result.basis,
    problem: result.problem,
    reason: result.reason,
    httpStatus: result.httpStatus,
    upstreamRequestId: result.upstreamRequestId,
    raw: result.raw,
    answerJson: result.answer ? JSON.stringify(result.answer) : null,
  };
  const settled = await settle(teamId, id, ask.nonce, snapshotId, settlement).catch((error: unknown) => {
    // The answer is in hand but the database is not: the lease will end the request as unsettled.
    log().error({ err: error, requestId: id, outcome: result.outcome }, "a request could not be settled");
    throw new AppError("unavailable", { outcome: "unsettled", requestId: id });
  });
  purchases({ upstream: ask.upstream, outcome: settled.state ?? result.outcome });
  log().info(
    {
      requestId: id,
      outcome: result.outcome,
      problem: settled.problem,
      httpStatus: result.httpStatus,
      step: settled.result,
    },
    "request settled",
  );
  return {
    end: {
      requestId: id,
      outcome: (settled.state ?? result.outcome) as RequestEnd["outcome"],
      problem: settled.problem,
      reason: result.reason,
      snapshot: settled.snapshot_id ? await readSettled(teamId, id, settled.snapshot_id, settled.state) : null,
      credits: settled.state === "charged" ? ask.priceCredits : 0,
    },
    retryAfterSeconds: result.retryAfterSeconds,
  };
}

/** The answer is bought and stored; when it cannot be read just now, the caller still learns what it cost. */
function readSettled(teamId: string, id: string, snapshotId: string, state: string | null): Promise<Snapshot | null> {
  const read = () => readSnapshotById(teamId, snapshotId);
  // A connection that the database ended while it lay idle is met once; reading again costs nothing.
  const again = () => pause(READ_AGAIN_MS).then(read);
  return read()
    .catch(again)
    .catch(again)
    .catch((error: unknown) => {
      log().error({ err: error, requestId: id }, "a settled answer could not be read");
      throw new AppError("unavailable", { outcome: (state ?? "charged") as RequestEnd["outcome"], requestId: id });
    });
}

function ended(
  id: string,
  problem: string,
  reason: string,
  outcome: RequestEnd["outcome"],
  retryAfterSeconds: number | null = null,
): Sent {
  return { end: { requestId: id, outcome, problem, reason, snapshot: null, credits: 0 }, retryAfterSeconds };
}

function baseUrl(upstream: Ask["upstream"]): string {
  if (upstream === "live") return env().KEYAPI_BASE_URL;
  // Nobody listens on port 9: a sandbox that is off refuses the connection, like an upstream that is gone.
  return runtime().sandboxUrl ?? "http://127.0.0.1:9";
}
