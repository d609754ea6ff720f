import "server-only";
import { z } from "zod";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { applyLimits } from "@/lib/credits/apply-limits";
import { appNow } from "@/lib/platform/clock";
import { notFound } from "@/lib/platform/errors";
import { ruleOf } from "./internal";
import { nextSlot } from "./next-slot";
import { fetchPlanFacts } from "./plan-facts";
import { lockPlan, replan } from "./replan-schedules";
import { scheduleSchema, type UndonePlan } from "./schemas";

const beforeSchema = z.object({
  share: z.int().nullable(),
  schedules: z.array(
    scheduleSchema.pick({
      id: true,
      cadence: true,
      weekDay: true,
      monthDay: true,
      everyDays: true,
      hour: true,
      priority: true,
      version: true,
    }),
  ),
});

/**
 * Gives the schedules of the plan that was applied last the rules that they had before, and schedules their share of
 * before. What somebody changed since then stays as it is. @throws `not_found` when there is no plan to undo
 */
export async function undoPlan(ctx: TeamContext): Promise<UndonePlan> {
  return withTeam(ctx, "limits:write", async (tx) => {
    const { id: teamId, timeZone } = ctx.team;
    const upstream = ctx.team.upstream ?? "";
    await lockPlan(tx, teamId);
    const made = await tx.schedulePlan.findUnique({ where: { teamId_upstream: { teamId, upstream } } });
    if (!made || made.undoneAt) throw notFound();
    const { share, schedules } = beforeSchema.parse(made.before);
    const now = await appNow(tx);
    const facts = await fetchPlanFacts(tx, { id: teamId, upstream, timeZone }, now);
    if (made.budgetCredits !== null && made.budgetCredits === facts.share) {
      await applyLimits(tx, ctx, [{ scope: "schedules", subjectId: teamId, credits: share }]);
    }
    const next = schedules.map((rule) => nextSlot(ruleOf(rule), timeZone, now));
    const restored = await tx.$executeRaw`
      update schedule s set cadence = n.cadence, week_day = n.week_day, month_day = n.month_day, every_days = n.every,
        hour = n.hour, priority = n.priority, next_due_at = n.at, time_zone = ${timeZone}, version = s.version + 1,
        updated_at = ${now}
      from unnest(${schedules.map(({ id }) => id)}::uuid[], ${schedules.map(({ version }) => version)}::int[],
        ${schedules.map(({ cadence }) => cadence)}::text[], ${schedules.map(({ weekDay }) => weekDay)}::int[],
        ${schedules.map(({ monthDay }) => monthDay)}::int[], ${schedules.map(({ everyDays }) => everyDays)}::int[],
        ${schedules.map(({ hour }) => hour)}::int[], ${schedules.map(({ priority }) => priority)}::int[],
        ${next}::timestamptz[]) as n (id, version, cadence, week_day, month_day, every, hour, priority, at)
      where s.team_id = ${teamId}::uuid and s.id = n.id and s.version = n.version and s.ended_at is null`;
    await tx.schedulePlan.update({ where: { teamId_upstream: { teamId, upstream } }, data: { undoneAt: now } });
    await replan(tx, { id: teamId, upstream, timeZone });
    await audit(tx, ctx, "schedule.plan_undone", { schedules: restored });
    return { restored, kept: schedules.length - restored };
  });
}
