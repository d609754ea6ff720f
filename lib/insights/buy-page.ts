import "server-only";
import { randomUUID } from "node:crypto";
import { assertAllowed, type TeamContext } from "@/lib/auth/context";
import { type Ask, claim } from "@/lib/credits/ledger";
import type { Purpose } from "@/lib/credits/schemas";
import { appNow } from "@/lib/platform/clock";
import { namedUuid, sha256Hex } from "@/lib/platform/crypto";
import { env } from "@/lib/platform/env";
import { AppError, unreachable } from "@/lib/platform/errors";
import { awaitRequest, type RequestEnd, requestError } from "./await-request";
import { readSnapshotById } from "./internal";
import { ENDPOINT, questionKey } from "./question";
import { refuseFutureMonth } from "./refuse-future-month";
import { type Answer, type BuyPageInput, PRICE_CREDITS } from "./schemas";
import { leaseMs, sendRequest } from "./send-request";

export type BuyPageCall = {
  /** The caller's own name for this ask: the same again answers the same and spends nothing. */
  idempotencyKey: string | null;
  purpose: Purpose;
  /** The run that asks, what it runs for, and how long ago it was asked for: its answers need be no younger. */
  run?: {
    id: string;
    searchId: string | null;
    watchlistId: string | null;
    scheduleId?: string | null;
    /** The share for schedules pays instead of the member. */
    byShare?: boolean;
    waitedMs: number;
  };
  /** A person agreed to the price, of this page or of the run that it belongs to. */
  confirmed?: boolean;
};

/**
 * The one verb that buys. Answers from the store when that is young enough, joins an equal request under way, or
 * reserves the price, asks the upstream once and settles what it came to.
 * @throws `invalid_request`, `forbidden`, `key_missing`, `key_rejected`, `upstream_out_of_credits`, the limits' codes,
 * `conflict` (the key was used with another body, or with reason `confirm_needed` a price that the team wants confirmed),
 * and each `upstream_…` code with `outcome` and `requestId`.
 */
export async function buyPage(ctx: TeamContext, input: BuyPageInput, call: BuyPageCall): Promise<Answer> {
  const arrivedAt = performance.now();
  assertAllowed(ctx, "insights:buy");
  refuseFutureMonth(input.window, await appNow());
  const { upstream } = ctx.team;
  if (!upstream) throw new AppError("key_missing");

  const id = call.idempotencyKey
    ? namedUuid(ctx.team.id, ctx.member.id, ctx.token?.id ?? "", call.idempotencyKey)
    : randomUUID();
  const { maxAgeMinutes = ctx.team.freshnessMinutes, ...question } = input;
  const ask: Ask = {
    upstream,
    endpoint: ENDPOINT,
    region: question.region,
    window: question.window,
    categoryId: question.category ?? null,
    q: question.q ?? null,
    page: question.page,
    questionKey: questionKey(upstream, question),
    memberId: ctx.member.id,
    tokenId: ctx.token?.id ?? null,
    purpose: call.purpose,
    runId: call.run?.id ?? null,
    searchId: call.run?.searchId ?? null,
    watchlistId: call.run?.watchlistId ?? null,
    scheduleId: call.run?.scheduleId ?? null,
    byShare: call.run?.byShare ?? false,
    // The body as it was asked: a default that the team changes later does not make the same ask another one.
    inputHash: sha256Hex(JSON.stringify([questionKey(upstream, question), input.maxAgeMinutes ?? null])),
    priceCredits: PRICE_CREDITS,
    maxAgeMs: maxAgeMinutes * 60_000,
    waitedMs: Math.ceil((call.run?.waitedMs ?? 0) + performance.now() - arrivedAt),
    leaseMs: leaseMs(env().KEYAPI_TIMEOUT_MS),
    nonce: randomUUID(),
    // A run is agreed to as a whole, a schedule when it is made: nobody is there to ask for single pages.
    confirmed: call.confirmed || call.run !== undefined || call.purpose === "schedule",
  };

  const claimed = await claim(ctx.team.id, id, ask);
  switch (claimed.result) {
    case "stored":
      return storedAnswer(ctx, claimed.snapshotId);
    case "shared":
      return endedAnswer(await awaitRequest(ctx.team.id, claimed.requestId), "shared");
    case "replay": {
      const { source, snapshotId, requestId } = claimed;
      if (source === "stored" || !requestId) return storedAnswer(ctx, snapshotId);
      return endedAnswer(await awaitRequest(ctx.team.id, requestId), source);
    }
    case "claimed": {
      const { end, retryAfterSeconds } = await sendRequest(ctx.team, id, ask);
      return endedAnswer(end, "bought", retryAfterSeconds);
    }
    case "conflict":
      throw new AppError("conflict", { reason: "idempotency_key" });
    case "confirm_needed":
      throw new AppError("conflict", {
        reason: "confirm_needed",
        priceCredits: PRICE_CREDITS,
        outcome: "not_charged",
      });
    case "limit":
      throw new AppError(
        claimed.scope === "member"
          ? "member_limit_reached"
          : claimed.scope === "token"
            ? "token_limit_reached"
            : "team_limit_reached",
        {
          limit: claimed.limit,
          spent: claimed.spent,
          held: claimed.held,
          resetsAt: claimed.resetsAt.toISOString(),
          outcome: "not_charged",
          ...(claimed.scope === "schedules" ? { reason: "schedules_share" } : {}),
        },
      );
    case "key_missing":
      throw new AppError("key_missing", { outcome: "not_charged" });
    case "key_rejected":
      throw new AppError("key_rejected", {
        outcome: "not_charged",
        ...(claimed.reason ? { reason: claimed.reason } : {}),
      });
    case "upstream_out_of_credits":
      throw new AppError("upstream_out_of_credits", {
        outcome: "not_charged",
        retryAfterSeconds: claimed.retryAfterSeconds,
      });
    default:
      return unreachable(claimed, "buyPage");
  }
}

async function storedAnswer(ctx: TeamContext, snapshotId: string | null): Promise<Answer> {
  const snapshot = snapshotId ? await readSnapshotById(ctx.team.id, snapshotId) : null;
  if (!snapshot) throw new Error("A served answer is not stored");
  return { source: "stored", creditsSpent: 0, snapshot };
}

function endedAnswer(end: RequestEnd, source: "bought" | "shared", retryAfterSeconds: number | null = null): Answer {
  if (end.problem || !end.snapshot) throw requestError(end, source, retryAfterSeconds);
  return { source, creditsSpent: source === "bought" ? end.credits : 0, snapshot: end.snapshot };
}
