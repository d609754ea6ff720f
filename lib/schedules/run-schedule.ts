import "server-only";
import { randomUUID } from "node:crypto";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { namedUuid } from "@/lib/platform/crypto";
import { AppError } from "@/lib/platform/errors";
import { sendJob } from "@/lib/platform/queue";
import { assertMayPress, lockSchedule, toSlot } from "./internal";
import type { RunScheduleInput, Slot } from "./schemas";
import { slotJob } from "./slot-job";

/**
 * Renews at once, also while the schedule rests, at its owner's expense; the next moment stays as it is. The same
 * Idempotency-Key again is the same renewal.
 * @throws `not_found`; `forbidden` for others than the owner and admins; `conflict` (`schedule_under_way`), or where the key was
 * used with another body
 */
export async function runSchedule(
  ctx: TeamContext,
  id: string,
  { maxCredits }: RunScheduleInput,
  idempotencyKey: string | null = null,
): Promise<Slot> {
  return withTeam(ctx, "schedules:write", async (tx) => {
    const { id: teamId } = ctx.team;
    const now = await appNow(tx);
    const schedule = await lockSchedule(tx, ctx, now, id);
    assertMayPress(ctx, schedule);
    const pressId = idempotencyKey
      ? namedUuid(teamId, ctx.member.id, ctx.token?.id ?? "", `schedule ${idempotencyKey}`)
      : randomUUID();
    const before = await tx.scheduleSlot.findFirst({ where: { teamId, pressId } });
    if (before) {
      const isSame = before.scheduleId === id && before.maxCredits === (maxCredits ?? null);
      if (!isSame) throw new AppError("conflict", { reason: "idempotency_key" });
      return toSlot(before);
    }
    if ((await tx.scheduleSlot.count({ where: { teamId, scheduleId: id, endedAt: null } })) > 0) {
      throw new AppError("conflict", { reason: "schedule_under_way" });
    }
    const slot = await tx.scheduleSlot.create({
      data: {
        teamId,
        scheduleId: id,
        dueAt: now,
        byHand: true,
        pressId,
        maxCredits: maxCredits ?? null,
        openedAt: now,
      },
    });
    const { key, data } = slotJob(slot);
    await sendJob(tx, "schedule", key, data);
    await audit(tx, ctx, "schedule.pressed", { scheduleId: id, memberId: schedule.owner.id });
    return toSlot(slot);
  });
}
