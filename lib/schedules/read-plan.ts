import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { planBudget } from "./plan-budget";
import { budgetOf, fetchPlanFacts, pacesOf, toPlanDays, toPlanItems } from "./plan-facts";
import type { PlanOverview } from "./schemas";

/** What the schedules of the whole team cost on each day that is left of the period, and what limits leave for them. */
export async function readPlan(ctx: TeamContext): Promise<PlanOverview> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const { id, timeZone } = ctx.team;
    const upstream = ctx.team.upstream ?? "";
    const [facts, made] = [
      await fetchPlanFacts(tx, { id, upstream, timeZone }, await appNow(tx)),
      await tx.schedulePlan.findUnique({
        where: { teamId_upstream: { teamId: id, upstream } },
        include: { member: { select: { user: { select: { name: true } } } } },
      }),
    ];
    const budget = budgetOf(facts, facts.share);
    const plan = planBudget(toPlanItems(facts.rows, facts, timeZone), budget, pacesOf(facts));
    const { replannedAt, slower = 0, faster = 0, resting = 0 } = made ?? {};
    return {
      ...toPlanDays(plan, facts, timeZone),
      leftCredits: budget.credits,
      budgetCredits: facts.share,
      resetsAt: facts.resetsAt.toISOString(),
      applied:
        made && !made.undoneAt
          ? {
              madeAt: made.madeAt.toISOString(),
              byName: made.member.user.name,
              replanned: replannedAt ? { at: replannedAt.toISOString(), slower, faster, resting } : null,
            }
          : null,
    };
  });
}
