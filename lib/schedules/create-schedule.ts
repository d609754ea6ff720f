import "server-only";
import { audit } from "@/lib/auth/audit";
import { assertAllowed, type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { AppError, invalid } from "@/lib/platform/errors";
import { assertOwner, assertSharePays, fetchRenewed, fetchSchedules, holdRenewed, ruleGiven } from "./internal";
import { nextSlot, slotsInThirtyDays } from "./next-slot";
import { costOf, planRenewal } from "./plan-renewal";
import { replan } from "./replan-schedules";
import type { CreateScheduleInput, Schedule, SchedulePrice } from "./schemas";

/**
 * Lets a search or a list renew by itself from its next moment on; nothing is bought here. A dry run tells the price.
 * @throws `not_found`, `key_missing`; `invalid_request` for an owner or a share that cannot pay, and at `what` when it renews by
 * itself already
 */
export async function createSchedule(ctx: TeamContext, input: CreateScheduleInput): Promise<Schedule | SchedulePrice> {
  assertAllowed(ctx, "schedules:write");
  const { upstream, timeZone, id: teamId } = ctx.team;
  if (!upstream) throw new AppError("key_missing", { outcome: "not_charged" });
  const renewed = { searchId: input.searchId ?? null, watchlistId: input.watchlistId ?? null };
  const cost = costOf(await planRenewal(ctx, renewed, 0));
  const { priceCredits: runCredits } = cost;
  return withTeam(ctx, "schedules:write", async (tx) => {
    const now = await appNow(tx);
    const memberId = input.memberId ?? ctx.member.id;
    const rule = ruleGiven(input);
    await holdRenewed(tx, teamId, renewed);
    const thing = await fetchRenewed(tx, ctx, renewed);
    await assertOwner(tx, ctx, memberId, thing);
    const byShare = input.paidBy === "share";
    if (byShare) await assertSharePays(tx, ctx, thing);
    const nextDueAt = nextSlot(rule, timeZone, now);
    if (input.dryRun) {
      const slots = slotsInThirtyDays(rule, timeZone, now);
      return { runCredits, slots, monthCredits: slots * runCredits, firstDueAt: nextDueAt.toISOString() };
    }
    const { count } = await tx.schedule.createMany({
      data: [
        {
          teamId,
          upstream,
          ...renewed,
          memberId,
          byShare,
          ...rule,
          timeZone,
          nextDueAt,
          ...cost,
          createdAt: now,
          updatedAt: now,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) throw invalid("what", "schedule_exists");
    await replan(tx, { id: teamId, upstream, timeZone });
    const made = await tx.schedule.findFirst({ where: { teamId, ...renewed, endedAt: null }, select: { id: true } });
    const [schedule] = made ? await fetchSchedules(tx, ctx, now, [made.id]) : [];
    if (!schedule) throw new Error("A schedule that was just made is not there");
    await audit(
      tx,
      ctx,
      "schedule.created",
      { scheduleId: schedule.id, memberId, paidBy: input.paidBy },
      { after: { ...rule } },
    );
    return schedule;
  });
}
