import "server-only";
import { asTeam } from "@/lib/auth/context";
import { notify } from "@/lib/notifications/notify";
import { appNow } from "@/lib/platform/clock";
import type { Tx } from "@/lib/platform/db";
import { dayNumber, momentOn, nextSlot } from "./next-slot";
import { type BudgetPlan, planBudget } from "./plan-budget";
import { budgetOf, fetchPlanFacts, type PlanFacts, type PlannedRow, pacesOf, toPlanItems } from "./plan-facts";

type Team = { id: string; upstream: string; timeZone: string };

/** One plan of a team at a time: each is made from what the one before left. */
export const lockPlan = (tx: Tx, teamId: string) =>
  tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`schedule_plan/${teamId}`}, 0))`;

/**
 * Plans what renews as often as the budget allows once more, from what limits leave by now: after each renewal, so that
 * failures and what people bought meanwhile count. Nothing while another moment of the team is under way: its end plans.
 */
export async function replanSchedules(teamId: string): Promise<void> {
  await asTeam(teamId, async (tx) => {
    const { upstream, timeZone } = await tx.team.findUniqueOrThrow({ where: { id: teamId } });
    if (!upstream) return;
    const changed = await replan(tx, { id: teamId, upstream, timeZone });
    if (changed && changed.slower + changed.resting > 0) await tellReplanned(tx, teamId, upstream, changed);
  });
}

/** Admins hear of it, once on a day of the team's: what became rarer or rests is less than they had planned. */
async function tellReplanned(tx: Tx, teamId: string, upstream: string, changed: PlanChange): Promise<void> {
  const [row] = await tx.$queryRaw<{ day: string }[]>`
    select (app_now() at time zone t.time_zone)::date::text as day from team t where t.id = ${teamId}::uuid`;
  await notify(tx, teamId, {
    kind: "schedules_replanned",
    to: { admins: true },
    facts: { upstream: upstream === "live" ? "live" : "sandbox", ...changed },
    link: "/schedules",
    dedupe: `schedules_replanned/${upstream}/${row?.day}`,
  });
}

/** How many schedules renew less often, more often, or no more before the period ends. */
type PlanChange = { slower: number; faster: number; resting: number };

/** The same, within the caller's transaction. @returns what it changed, or null for nothing */
export async function replan(tx: Tx, team: Team): Promise<PlanChange | null> {
  await lockPlan(tx, team.id);
  const open = await tx.scheduleSlot.count({ where: { teamId: team.id, endedAt: null } });
  if (open > 0) return null;
  const facts = await fetchPlanFacts(tx, team, await appNow(tx));
  const planned = facts.rows.filter(({ cadence }) => cadence === "budget");
  if (planned.length === 0) return null;
  const items = toPlanItems(facts.rows, facts, team.timeZone);
  const plan = planBudget(items, budgetOf(facts, facts.share), pacesOf(facts));
  await writeFrequencies(tx, team, planned, plan, facts);
  return noteChange(tx, team, facts, planned, plan);
}

/** When each planned schedule is due next: what the budget does not reach is, once the next period has begun. */
export async function writeFrequencies(
  tx: Tx,
  { id: teamId, timeZone }: Team,
  rows: Pick<PlannedRow, "id" | "hour">[],
  plan: BudgetPlan,
  { now, days, lastDate, resetsAt }: Pick<PlanFacts, "now" | "days" | "lastDate" | "resetsAt">,
): Promise<void> {
  const today = dayNumber(now, timeZone);
  const first = new Map<string, number>();
  for (const [day, { ids }] of plan.days.entries()) for (const id of ids) if (!first.has(id)) first.set(id, day);
  const nextOf = ({ id, hour }: Pick<PlannedRow, "id" | "hour">) => {
    const day = first.get(id);
    if (day !== undefined) return momentOn(today + day, hour, timeZone);
    const daily = { cadence: "daily", weekDay: null, monthDay: null, everyDays: 1, hour } as const;
    return nextSlot(daily, timeZone, new Date(resetsAt.getTime() - 1));
  };
  await tx.$executeRaw`
    update schedule s set every_days = n.every, next_due_at = n.at, time_zone = ${timeZone},
      planned_until = ${lastDate}::date
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ id }) => plan.everyDays.get(id) ?? days)}::int[],
      ${rows.map(nextOf)}::timestamptz[]) as n (id, every, at)
    where s.team_id = ${teamId}::uuid and s.id = n.id and (s.every_days, s.next_due_at, s.planned_until) is distinct from (n.every, n.at, ${lastDate}::date)`;
}

/** What became of a plan that somebody applied is said on its page. */
async function noteChange(
  tx: Tx,
  { id: teamId, upstream }: Team,
  { now, resetsAt }: PlanFacts,
  rows: PlannedRow[],
  { everyDays }: BudgetPlan,
): Promise<PlanChange | null> {
  const NEVER = Number.POSITIVE_INFINITY;
  const changes = rows.map((row) => ({
    before: row.everyDays,
    after: everyDays.get(row.id) ?? NEVER,
    wasDue: row.nextDueAt < resetsAt,
  }));
  const count = (is: (change: (typeof changes)[number]) => boolean) => changes.filter(is).length;
  const told = {
    slower: count(({ before, after }) => after > before && after < NEVER),
    faster: count(({ before, after }) => after < before),
    resting: count(({ after, wasDue }) => after === NEVER && wasDue),
  };
  if (told.slower + told.faster + told.resting === 0) return null;
  await tx.schedulePlan.updateMany({
    where: { teamId, upstream, undoneAt: null },
    data: { replannedAt: now, ...told },
  });
  return told;
}
