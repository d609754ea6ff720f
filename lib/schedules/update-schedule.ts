import "server-only";
import { type AuditDetails, audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { editedMeanwhile } from "@/lib/platform/errors";
import {
  assertMayPress,
  assertOwner,
  assertSharePays,
  fetchRenewed,
  fetchSchedule,
  lockSchedule,
  ruleGiven,
} from "./internal";
import { nextSlot } from "./next-slot";
import { lockPlan, replan } from "./replan-schedules";
import type { Schedule, UpdateScheduleInput } from "./schemas";

/**
 * Changes when a schedule is due, who pays for it, or whether it rests; what is left out stays.
 * @throws `not_found`; `invalid_request` for an owner or a share that cannot pay; `forbidden` (`schedule_owner`) where it
 * spends credits that are not this member's to spend; `conflict` (`edited_meanwhile`)
 */
export async function updateSchedule(ctx: TeamContext, id: string, input: UpdateScheduleInput): Promise<Schedule> {
  return withTeam(ctx, "schedules:write", async (tx) => {
    // Before the schedule itself, as whoever plans locks them.
    await lockPlan(tx, ctx.team.id);
    const now = await appNow(tx);
    const before = await lockSchedule(tx, ctx, now, id);
    if (input.version !== undefined && input.version !== before.version) {
      throw editedMeanwhile();
    }
    const { rule, memberId, paidBy, paused } = input;
    const owner = memberId ?? before.owner.id;
    const payer = paidBy ?? before.paidBy;
    if (owner !== before.owner.id || payer !== before.paidBy) {
      const thing = await fetchRenewed(tx, ctx, before);
      await assertOwner(tx, ctx, owner, thing);
      if (payer === "share") await assertSharePays(tx, ctx, thing);
    }
    // Whoever takes it over pays for it from now on, and so decides about it.
    assertMayPress(ctx, { owner: { id: owner }, paidBy: payer });
    const { timeZone } = ctx.team;
    const days = rule && ruleGiven(rule);
    await tx.schedule.update({
      where: { teamId_id: { teamId: ctx.team.id, id } },
      data: {
        ...(days ? { ...days, timeZone, nextDueAt: nextSlot(days, timeZone, now) } : {}),
        memberId: owner,
        byShare: payer === "share",
        ...(paused === undefined ? {} : { pausedAt: paused ? (before.pausedAt ?? now) : null }),
        version: { increment: 1 },
        updatedAt: now,
      },
    });
    await replan(tx, { id: ctx.team.id, upstream: ctx.team.upstream ?? "", timeZone });
    const after = await fetchSchedule(tx, ctx, now, id);
    await audit(tx, ctx, "schedule.changed", { scheduleId: id }, { before: factsOf(before), after: factsOf(after) });
    return after;
  });
}

const factsOf = ({ cadence, weekDay, monthDay, hour, owner, paidBy, pausedAt }: Schedule): AuditDetails => ({
  cadence,
  weekDay,
  monthDay,
  hour,
  memberId: owner.id,
  paidBy,
  paused: pausedAt !== null,
});
