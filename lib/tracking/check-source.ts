import "server-only";
import { audit } from "@/lib/auth/audit";
import { assertAllowed, type TeamContext } from "@/lib/auth/context";
import type { Question } from "@/lib/insights/schemas";
import type { Tx } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { assertConfirmed } from "./internal";
import { readSourcePlan } from "./read-source-plan";
import type { RunAnswer } from "./schemas";
import { type CheckSourceInput, SOURCE_MAX_AGE_MINUTES } from "./source-check-schemas";
import { startRun } from "./start-run";

/**
 * Finds out what is only assumed of the provider, by questions that differ in one thing each: a dry run tells the price
 * and the requests, a real one puts them into the queue. No credit above `maxCredits` (the price of now when left out)
 * is spent. @throws `key_missing`; `key_rejected`; `conflict` as `runSearch`, and while another check is under way
 */
export async function checkSource(
  ctx: TeamContext,
  input: CheckSourceInput,
  idempotencyKey: string | null = null,
): Promise<RunAnswer> {
  assertAllowed(ctx, "key:write");
  assertAllowed(ctx, "insights:buy");
  const { questions, bought, credits } = await readSourcePlan(ctx);
  if (input.dryRun) {
    const told = ({ category, q, ...asked }: Question) => ({ ...asked, category: category ?? null, q: q ?? null });
    return { credits, requests: bought.map(told) };
  }
  const { confirmed = false, ...body } = input;
  const maxCredits = input.maxCredits ?? credits;
  await assertConfirmed(ctx, Math.min(credits, maxCredits), confirmed);
  const run = await startRun(ctx, {
    kind: "source",
    searchId: null,
    watchlistId: null,
    questions,
    maxAgeMinutes: SOURCE_MAX_AGE_MINUTES,
    maxCredits,
    body,
    idempotencyKey,
    note: (tx, runId) => noteCheck(tx, ctx, runId, maxCredits),
  });
  return { runId: run.id };
}

/** One check of a team at a time: two would ask the same, and tell less than one of what belongs together. */
async function noteCheck(tx: Tx, ctx: TeamContext, runId: string, maxCredits: number): Promise<void> {
  const { id: teamId, upstream } = ctx.team;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`source check/${teamId}`}, 0))`;
  const key = await tx.teamKey.findFirst({
    where: { teamId, upstream: upstream ?? "", endedAt: null },
    select: { id: true, rejectedAt: true, rejectedReason: true },
  });
  if (!key) throw new AppError("key_missing", { outcome: "not_charged" });
  if (key.rejectedAt) {
    throw new AppError("key_rejected", { outcome: "not_charged", reason: key.rejectedReason ?? undefined });
  }
  const underWay = await tx.run.count({
    where: { teamId, kind: "source", state: { in: ["queued", "running"] }, id: { not: runId } },
  });
  if (underWay > 0) throw new AppError("conflict", { reason: "source_check_under_way", outcome: "not_charged" });
  await tx.sourceCheck.create({ data: { teamId, runId, keyId: key.id } });
  await audit(tx, ctx, "key.source_checked", { keyId: key.id, credits: maxCredits });
}
