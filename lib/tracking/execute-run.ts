import "server-only";
import { randomUUID } from "node:crypto";
import type { TeamContext } from "@/lib/auth/context";
import { contextOfJob } from "@/lib/auth/job-context";
import { buyPage } from "@/lib/insights/buy-page";
import { endsHere } from "@/lib/insights/ends-here";
import { readFreshness } from "@/lib/insights/read-freshness";
import { buyPageSchema, PRICE_CREDITS } from "@/lib/insights/schemas";
import { AppError, type ErrorCode } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { hasNoMore } from "./plan-backfill";
import { endRun, holdLease, type Lease, takeLease } from "./run-lease";
import { askAnew, endStep, nextStep, type Step, skipOlderMonths } from "./run-steps";

/** Why a request brought nothing: its error code, or that it was the share for schedules that is used up. */
type Problem = ErrorCode | "schedules_share";

/** After these the next request would fare no better: the run ends, and a person says when it goes on from there. */
const FATAL: ReadonlySet<Problem> = new Set([
  "schedules_share",
  "team_limit_reached",
  "member_limit_reached",
  "token_limit_reached",
  "upstream_out_of_credits",
  "upstream_rate_limited",
  "key_missing",
  "key_rejected",
  "forbidden",
  "conflict",
  "invalid_request",
  "unavailable",
  "internal",
]);

/** So many failed pages in a row end a run: the upstream is not well. A check of the source also learns from failures. */
const failuresInARow = ({ kind }: Lease["run"]) => (kind === "source" ? 3 : 2);

const PURPOSES = {
  search: "search",
  watchlist: "watchlist",
  backfill: "explore",
  brief: "explore",
  regions: "explore",
  source: "key_test",
} as const;
const purposeOf = ({ kind, searchId, scheduleId }: Lease["run"], step: Step) => {
  if (scheduleId) return "schedule";
  return (step.searchId ?? searchId) ? PURPOSES.search : PURPOSES[kind];
};

/** How a backfill notes a month that the provider has nothing of. */
const NOTHING_THERE = { state: "skipped", credits: 0, snapshotId: null, problem: "no_older_months" } as const;

type End = { state: "done" | "stopped" | "failed"; problem: string | null };

/**
 * Works a run off, request by request, on behalf of whoever asked for it. May be killed anywhere: a request's id comes
 * from run and step, so the next worker's same request finds what became of it instead of buying again. When `signal`
 * aborts, the run is left to others after the request under way.
 */
export async function executeRun(teamId: string, runId: string, signal: AbortSignal): Promise<void> {
  const lease = await takeLease(teamId, runId, randomUUID());
  if (!lease) return;
  const held = holdLease(lease);
  try {
    const end = await work(lease, AbortSignal.any([signal, held.lost]));
    if (end) await endRun(lease, end);
    else if (!held.lost.aborted) await held.giveBack();
  } finally {
    held.release();
  }
}

/** @returns how it ended; null when others go on with it. */
async function work({ run }: Lease, signal: AbortSignal): Promise<End | null> {
  const ctx = await contextOfJob(run);
  if (!ctx) return { state: "failed", problem: "forbidden" };
  if (ctx.team.upstream !== run.upstream) return { state: "failed", problem: "key_missing" };
  for (let failures = 0; !signal.aborted; ) {
    const { stop, step, spent, failed, left, problem: earlier, waitedMs } = await nextStep(run);
    if (stop) return { state: "stopped", problem: null };
    if (!step && failed === 0 && left > 0) return { state: "failed", problem: "max_credits" };
    if (!step) return { state: failed > 0 && run.kind !== "source" ? "failed" : "done", problem: earlier };
    const problem =
      spent + PRICE_CREDITS > run.maxCredits
        ? await serveForNothing(ctx, run, step, waitedMs)
        : await ask(ctx, run, step, waitedMs);
    if (problem === "max_credits" || (problem && FATAL.has(problem))) return { state: "failed", problem };
    failures = problem ? failures + 1 : 0;
    if (failures >= failuresInARow(run)) return { state: "failed", problem };
  }
  return null;
}

/** Asks one question of the run. @returns what went wrong, or null */
async function ask(ctx: TeamContext, run: Lease["run"], step: Step, waitedMs: number): Promise<Problem | null> {
  const input = buyPageSchema.parse({ ...step.question, maxAgeMinutes: run.maxAgeMinutes });
  try {
    const { source, creditsSpent, snapshot } = await buyPage(ctx, input, {
      idempotencyKey: `run ${run.id} ${step.seq} ${step.attempt}`,
      purpose: purposeOf(run, step),
      run: { id: run.id, ...whatFor(run, step), scheduleId: run.scheduleId, byShare: run.byShare, waitedMs },
    });
    if (run.kind === "backfill" && hasNoMore(snapshot)) await skipOlderMonths(run, step);
    const { id: snapshotId, receipt, query } = snapshot;
    const end = { state: source, credits: creditsSpent, requestId: receipt.id, snapshotId, problem: null };
    await endStep(run, step.seq, end, endsHere(snapshot) ? query : null);
    return null;
  } catch (error) {
    const failure = error instanceof AppError ? error : null;
    if (!failure) log().error({ err: error, runId: run.id, seq: step.seq }, "a request of a run failed");
    const { outcome, requestId, source, reason } = failure?.details ?? {};
    if (requestId && outcome === "not_charged" && reason === "lease_ended") {
      await askAnew(run, step);
      return null;
    }
    const code = failure?.code ?? "internal";
    // Nothing was asked: the step is still to do when the run goes on.
    if (!requestId) return reason === "schedules_share" ? reason : code;
    if (run.kind === "backfill" && code === "upstream_no_data" && step.question.page === 1) {
      await skipOlderMonths(run, step);
      await endStep(run, step.seq, { ...NOTHING_THERE, requestId });
      return null;
    }
    await endStep(run, step.seq, {
      state: "failed",
      // One that it joined is paid by whoever asked it.
      credits: source !== "shared" && (outcome === "charged" || outcome === "unsettled") ? PRICE_CREDITS : 0,
      requestId,
      snapshotId: null,
      problem: code,
    });
    return code;
  }
}

/** The search or list that a request is for: its step's own, where the run is for several. */
const whatFor = (run: Lease["run"], { searchId, watchlistId }: Step) =>
  searchId || watchlistId ? { searchId, watchlistId } : { searchId: run.searchId, watchlistId: run.watchlistId };

/** The price is used up: what is stored and young enough is taken, and nothing is asked. */
async function serveForNothing(ctx: TeamContext, run: Lease["run"], step: Step, waitedMs: number) {
  const maxAgeMinutes = run.maxAgeMinutes + Math.floor(waitedMs / 60_000);
  const [stored] = await readFreshness(ctx, [step.question], maxAgeMinutes);
  if (!stored?.fresh || !stored.snapshotId) return "max_credits" as const;
  await endStep(run, step.seq, {
    state: "stored",
    credits: 0,
    requestId: null,
    snapshotId: stored.snapshotId,
    problem: null,
  });
  return null;
}
