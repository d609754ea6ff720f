import "server-only";
import { randomUUID } from "node:crypto";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Region } from "@/lib/insights/schemas";
import { appNow } from "@/lib/platform/clock";
import { namedUuid, sha256Hex } from "@/lib/platform/crypto";
import { Prisma, type Tx } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { sendJob } from "@/lib/platform/queue";
import { fetchRuns } from "./internal";
import { type OrderedQuestion, stepRow } from "./ordered-question";
import type { RefreshTarget } from "./refresh-facts";
import type { RefreshTargetInput, Run, RunKind } from "./schemas";

export type RunOrder = {
  kind: RunKind;
  searchId: string | null;
  watchlistId: string | null;
  category?: { id: string; region: Region | null };
  /** In the order in which they are asked. Those that a stored answer serves cost nothing. */
  questions: OrderedQuestion[];
  /** What a watchlist's run is to renew, and how much of it needs nothing. */
  items?: { targets: RefreshTarget[]; renewed: number; absent: number };
  /** What a run of several lists and searches at once is for. */
  covers?: RefreshTargetInput;
  maxAgeMinutes: number;
  /** What the button said; the run spends no credit above it. */
  maxCredits: number;
  /** The body of the call, so that its Idempotency-Key cannot be used for another. */
  body: unknown;
  idempotencyKey: string | null;
  /** A schedule's moment: nothing older than `dueAt` serves. */
  schedule?: { id: string; byShare: boolean; dueAt: Date };
  /** What else is noted of a new run, in the transaction that makes it; it may refuse. */
  note?: (tx: Tx, runId: string) => Promise<void>;
};

/**
 * Puts a run into the queue. Nothing is bought here: the worker asks page by page, on behalf of this member.
 * @throws `key_missing`; `conflict` when the Idempotency-Key was used with another body
 */
export async function startRun(ctx: TeamContext, order: RunOrder): Promise<Run> {
  const { upstream } = ctx.team;
  if (!upstream) throw new AppError("key_missing", { outcome: "not_charged" });
  const { kind, searchId, watchlistId, questions, maxAgeMinutes, maxCredits } = order;
  const id = order.idempotencyKey
    ? namedUuid(ctx.team.id, ctx.member.id, ctx.token?.id ?? "", `run ${order.idempotencyKey}`)
    : randomUUID();
  const inputHash = sha256Hex(
    JSON.stringify([kind, searchId, watchlistId, order.body, ...(order.category ? [order.category] : [])]),
  );
  return withTeam(ctx, "insights:buy", async (tx) => {
    // Two presses of the same key follow one another, and the second finds the first one's run.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`run/${id}`}, 0))`;
    const before = await tx.run.findUnique({ where: { teamId_id: { teamId: ctx.team.id, id } } });
    if (before && before.inputHash !== inputHash) throw new AppError("conflict", { reason: "idempotency_key" });
    if (!before) {
      const requestedAt = order.schedule?.dueAt ?? (await appNow(tx));
      await tx.run.create({
        data: {
          teamId: ctx.team.id,
          id,
          upstream,
          kind,
          searchId,
          watchlistId,
          categoryId: order.category?.id ?? null,
          region: order.category?.region ?? null,
          memberId: ctx.member.id,
          tokenId: ctx.token?.id ?? null,
          scheduleId: order.schedule?.id ?? null,
          byShare: order.schedule?.byShare ?? false,
          inputHash,
          maxAgeMinutes,
          maxCredits,
          requestedAt,
          renewedCount: order.items?.renewed ?? null,
          absentCount: order.items?.absent ?? null,
        },
      });
      await tx.runStep.createMany({
        data: questions.map((question, index) => stepRow(ctx.team.id, id, index + 1, question)),
      });
      await tx.runItem.createMany({
        data: (order.items?.targets ?? []).map(({ region, window, category, watchlistId }) => ({
          teamId: ctx.team.id,
          runId: id,
          region,
          window,
          categoryId: category,
          watchlistId,
        })),
      });
      const covered = [
        ...(order.covers?.watchlists ?? []).map((watchlistId) => ({ watchlistId })),
        ...(order.covers?.searches ?? []).map((searchId) => ({ searchId })),
      ];
      await tx.runTarget.createMany({
        data: covered.map((target, index) => ({ teamId: ctx.team.id, runId: id, nth: index + 1, ...target })),
      });
      await order.note?.(tx, id);
      await sendJob(tx, "run", id, { teamId: ctx.team.id, runId: id });
    }
    const [run] = await fetchRuns(tx, ctx, Prisma.sql`r.id = ${id}::uuid`, 1);
    if (!run) throw new Error("A run that was just asked for is not there");
    return run;
  });
}
