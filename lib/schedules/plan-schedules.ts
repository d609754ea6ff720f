import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { applyLimits } from "@/lib/credits/apply-limits";
import { appNow } from "@/lib/platform/clock";
import type { Tx } from "@/lib/platform/db";
import { AppError, invalid } from "@/lib/platform/errors";
import { type BudgetPlan, costAt, planBudget } from "./plan-budget";
import {
  budgetOf,
  fetchPlanFacts,
  isSeenBy,
  type PlanFacts,
  type PlannedRow,
  pacesOf,
  toPlanDays,
  toPlanItems,
} from "./plan-facts";
import { lockPlan, writeFrequencies } from "./replan-schedules";
import type { PlanSchedulesInput, SchedulePlan } from "./schemas";

const PACES = [1, 2, 3, 7, 14] as const;

/**
 * Lets schedules renew as often as a budget for the month allows, the most important most often: in one act that can be
 * undone. What is not named keeps its days, and its cost comes first. A dry run tells what would change.
 * @throws `invalid_request` at a schedule that is not there or rests, and at `budgetCredits` when it is less than what
 * is kept costs, or does not reach for one renewal
 */
export async function planSchedules(ctx: TeamContext, input: PlanSchedulesInput): Promise<SchedulePlan> {
  return withTeam(ctx, "limits:write", async (tx) => {
    await lockPlan(tx, ctx.team.id);
    const { id, upstream, timeZone } = ctx.team;
    if (!upstream) throw new AppError("key_missing", { outcome: "not_charged" });
    const team = { id, upstream, timeZone };
    const facts = await fetchPlanFacts(tx, team, await appNow(tx));
    refuseUnknown(ctx, facts, input);

    const chosen = new Map(input.schedules.map((one) => [one.id, one.priority]));
    const rows = facts.rows.map((row): PlannedRow => {
      const priority = chosen.get(row.id);
      return priority ? { ...row, priority, hour: input.hour ?? row.hour, cadence: "budget" } : row;
    });
    const items = toPlanItems(rows, facts, timeZone);
    // The days begin anew together, so that what they share falls on one day.
    const fresh = items.map((item) => (chosen.has(item.id) ? { ...item, lastDay: null } : item));
    const budget = budgetOf(facts, input.budgetCredits ?? facts.share);
    const plan = planBudget(fresh, budget);
    const planned = rows.filter(({ cadence }) => cadence === "budget");
    if (!plan.fits) throw invalid("budgetCredits", "budget_below_kept");
    if ([...plan.everyDays.values()].every((every) => every === null))
      throw invalid("budgetCredits", "budget_below_run");
    if (!input.dryRun) await apply(tx, ctx, { facts, planned, plan, input });

    const before = toPlanItems(facts.rows, facts, timeZone);
    const [now, then] = [planBudget(before, budget, pacesOf(facts)), plan].map(renewalsOf);
    const apart = fresh.map((item) => ({ ...item, pages: [] }));
    return {
      ...toPlanDays(plan, facts, timeZone),
      leftCredits: budget.credits,
      apartCredits: costAt(apart, facts.days, plan.everyDays),
      paces: PACES.filter((pace) => pace <= facts.days).map((everyDays) => ({
        everyDays,
        credits: costAt(fresh, facts.days, new Map(planned.map((row) => [row.id, everyDays]))),
      })),
      items: rows
        .filter((row) => chosen.has(row.id))
        .map((row) => ({
          id: row.id,
          name: row.thing.name,
          priority: row.priority,
          before: now?.get(row.id) ?? 0,
          renewals: then?.get(row.id) ?? 0,
          everyDays: plan.everyDays.get(row.id) ?? null,
        })),
    };
  });
}

function renewalsOf({ days }: BudgetPlan): Map<string, number> {
  const times = new Map<string, number>();
  for (const { ids } of days) for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

function refuseUnknown(ctx: TeamContext, { rows }: PlanFacts, { schedules }: PlanSchedulesInput): void {
  const known = new Set(rows.filter((row) => isSeenBy(ctx, row)).map(({ id }) => id));
  const errors = schedules.flatMap(({ id }, index) =>
    known.has(id) ? [] : [{ path: `schedules.${index}.id`, message: "schedule_unknown" }],
  );
  if (errors.length > 0) throw new AppError("invalid_request", { errors });
}

type Applied = { facts: PlanFacts; planned: PlannedRow[]; plan: BudgetPlan; input: PlanSchedulesInput };

async function apply(tx: Tx, ctx: TeamContext, { facts, planned, plan, input }: Applied): Promise<void> {
  const { id: teamId, timeZone } = ctx.team;
  const upstream = ctx.team.upstream ?? "";
  const ids = input.schedules.map(({ id }) => id);
  if (input.budgetCredits !== null) {
    await applyLimits(tx, ctx, [{ scope: "schedules", subjectId: teamId, credits: input.budgetCredits }]);
  }
  await tx.$executeRaw`
    update schedule s set cadence = 'budget', week_day = null, month_day = null, priority = n.priority,
      hour = coalesce(${input.hour}::int, s.hour), version = s.version + 1, updated_at = ${facts.now}
    from unnest(${ids}::uuid[], ${input.schedules.map(({ priority }) => priority)}::int[]) as n (id, priority)
    where s.team_id = ${teamId}::uuid and s.id = n.id`;
  await writeFrequencies(tx, { id: teamId, upstream, timeZone }, planned, plan, facts);
  const before = {
    share: facts.share,
    schedules: facts.rows
      .filter(({ id }) => ids.includes(id))
      .map(({ id, cadence, weekDay, monthDay, everyDays, hour, priority, version }) => ({
        id,
        cadence,
        weekDay,
        monthDay,
        everyDays,
        hour,
        priority,
        version: version + 1,
      })),
  };
  const data = {
    memberId: ctx.member.id,
    madeAt: facts.now,
    budgetCredits: input.budgetCredits,
    before,
    undoneAt: null,
    replannedAt: null,
    slower: 0,
    faster: 0,
    resting: 0,
  };
  const key = { teamId, upstream };
  await tx.schedulePlan.upsert({ where: { teamId_upstream: key }, create: { ...key, ...data }, update: data });
  const { budgetCredits, hour } = input;
  await audit(tx, ctx, "schedule.planned", { schedules: ids.length, budgetCredits, hour });
}
