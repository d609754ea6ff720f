import "server-only";
import { asTeam } from "@/lib/auth/context";
import { contextOfJob } from "@/lib/auth/job-context";
import { appNow } from "@/lib/platform/clock";
import type { Tx } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { startRun } from "@/lib/tracking/start-run";
import { costOf, planRenewal, type Renewal } from "./plan-renewal";
import { replanSchedules } from "./replan-schedules";
import type { SlotJob } from "./slot-job";
import { tellSkipped } from "./tell-skipped";

/** Somebody else has begun or ended this moment: there is nothing left to do. */
const TAKEN = new AppError("conflict", { reason: "slot_taken" });

/**
 * Begins the renewal of one moment on behalf of the schedule's owner, or ends the moment with the reason why not. May be
 * killed anywhere and run twice at once: the run and its tie to the moment are one transaction.
 */
export async function renewSlot(job: SlotJob): Promise<void> {
  const key = { teamId: job.teamId, scheduleId: job.scheduleId, dueAt: new Date(job.dueAt) };
  const slot = await asTeam(job.teamId, (tx) =>
    tx.scheduleSlot.findUnique({
      where: { teamId_scheduleId_dueAt: key },
      include: { schedule: true },
    }),
  );
  if (!slot || slot.endedAt || slot.runId) return;
  const { schedule } = slot;
  const end = (outcome: "fresh" | "skipped", reason: string | null) => endSlot(key, outcome, reason);

  if (schedule.endedAt) return end("skipped", "not_found");
  if (schedule.pausedAt && !slot.byHand) return end("skipped", "paused");
  const ctx = await contextOfJob({ teamId: job.teamId, memberId: schedule.memberId, tokenId: null });
  if (!ctx) return end("skipped", "forbidden");
  if (ctx.team.upstream !== schedule.upstream) return end("skipped", "key_missing");
  try {
    // Nothing older than the moment itself is accepted.
    const maxAgeMinutes = Math.max(0, Math.floor(((await appNow()).getTime() - key.dueAt.getTime()) / 60_000));
    const renewal = await planRenewal(ctx, schedule, maxAgeMinutes);
    if (renewal.maxCredits === 0) return await end("fresh", null);
    await startRun(ctx, {
      ...renewal,
      maxAgeMinutes: 0,
      maxCredits: Math.min(renewal.maxCredits, slot.maxCredits ?? renewal.maxCredits),
      body: {},
      idempotencyKey: null,
      schedule: { id: schedule.id, byShare: schedule.byShare, dueAt: key.dueAt },
      note: (tx, runId) => tie(tx, key, runId),
    });
    if (maxAgeMinutes === 0) await notePrice(ctx.team.id, schedule.id, renewal);
  } catch (error) {
    if (error === TAKEN) return;
    if (!(error instanceof AppError)) throw error;
    await end("skipped", error.code);
  }
}

type Key = { teamId: string; scheduleId: string; dueAt: Date };

async function tie(tx: Tx, key: Key, runId: string): Promise<void> {
  const { count } = await tx.scheduleSlot.updateMany({
    where: { ...key, runId: null, endedAt: null },
    data: { runId },
  });
  if (count === 0) throw TAKEN;
}

async function endSlot(key: Key, outcome: "fresh" | "skipped", reason: string | null): Promise<void> {
  await asTeam(key.teamId, async (tx) => {
    const { count } = await tx.scheduleSlot.updateMany({
      where: { ...key, runId: null, endedAt: null },
      data: { outcome, reason, endedAt: await appNow(tx) },
    });
    if (count > 0 && reason) await tellSkipped(tx, key, reason);
  });
  await replanSchedules(key.teamId);
}

/** What it was planned to cost is what its page says, and what plans reckon with, from now on. */
async function notePrice(teamId: string, id: string, renewal: Renewal): Promise<void> {
  await asTeam(teamId, (tx) => tx.schedule.updateMany({ where: { teamId, id }, data: costOf(renewal) }));
}
