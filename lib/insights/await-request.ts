import "server-only";
import { asTeam } from "@/lib/auth/context";
import type { Outcome } from "@/lib/keyapi/types";
import { AppError, type ErrorCode } from "@/lib/platform/errors";
import { findSnapshot } from "./internal";
import type { Snapshot } from "./schemas";

/** How a request ended, for whoever bought it or joined it. Credits are the buyer's. */
export type RequestEnd = {
  requestId: string;
  outcome: Outcome;
  problem: string | null;
  reason: string | null;
  snapshot: Snapshot | null;
  credits: number;
};

const FIRST_PAUSE_MS = 40;
const LONGEST_PAUSE_MS = 250;

// One poller for a request and process, however many wait for it.
const holder = globalThis as typeof globalThis & { __nichebookPollers?: Map<string, Promise<RequestEnd>> };
holder.__nichebookPollers ??= new Map();
const pollers = holder.__nichebookPollers;

/**
 * Waits until a request has ended. A lease that ran out counts as an end, also before the sweeper has come by:
 * unsent is "not charged", sent is "unsettled".
 */
export function awaitRequest(teamId: string, requestId: string): Promise<RequestEnd> {
  const key = `${teamId}/${requestId}`;
  let poller = pollers.get(key);
  if (!poller) {
    poller = poll(teamId, requestId).finally(() => pollers.delete(key));
    pollers.set(key, poller);
  }
  return poller;
}

async function poll(teamId: string, requestId: string): Promise<RequestEnd> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    const end = await readEnd(teamId, requestId);
    if (end) return end;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function readEnd(teamId: string, requestId: string): Promise<RequestEnd | null> {
  return asTeam(teamId, async (tx) => {
    const request = await tx.creditRequest.findUniqueOrThrow({
      where: { teamId_id: { teamId, id: requestId } },
    });
    const { state } = request;
    if (state === "reserved" || state === "sending") {
      const [clock] = await tx.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
      if (!clock || !request.leaseUntil || request.leaseUntil > clock.now) return null;
    }
    // Read once here for all who wait, in the transaction that is open anyway.
    const snapshot = request.problem ? null : await findSnapshot(tx, { teamId, requestId });
    const sent = state !== "reserved" && state !== "released";
    return {
      requestId,
      outcome: state === "sending" ? "unsettled" : sent ? (state as Outcome) : "not_charged",
      problem: request.problem ?? (snapshot ? null : "upstream_timeout"),
      // What the sweeper will write: it tells a run that nothing was sent, so that it may ask anew.
      reason: state === "reserved" ? "lease_ended" : request.reason,
      snapshot,
      credits: state === "charged" ? request.priceCredits : 0,
    };
  });
}

/** When the upstream asks to come later without saying when. */
const COME_LATER_SECONDS = 10;

/** The error that a failed request is to its caller: what happened and whether it cost anything. */
export function requestError(
  end: RequestEnd,
  source: "bought" | "shared",
  saidSeconds: number | null = null,
): AppError {
  const retryAfterSeconds = saidSeconds ?? (end.problem === "upstream_rate_limited" ? COME_LATER_SECONDS : null);
  return new AppError((end.problem ?? "upstream_invalid_answer") as ErrorCode, {
    outcome: end.outcome,
    requestId: end.requestId,
    ...(source === "shared" ? { source } : {}),
    ...(end.reason ? { reason: end.reason } : {}),
    ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
  });
}
