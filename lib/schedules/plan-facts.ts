import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { SHARE } from "@/lib/credits/schemas";
import type { Tx } from "@/lib/platform/db";
import { ruleOf } from "./internal";
import { dayNumber, momentOn, nextSlot, type SlotRule } from "./next-slot";
import type { Budget, BudgetPlan, PlanItem } from "./plan-budget";

type Team = { id: string; upstream: string; timeZone: string };

type Thing = { name: string; shared: boolean; memberId: string | null };

export type PlannedRow = Omit<SlotRule, "cadence"> & {
  id: string;
  cadence: string;
  memberId: string;
  byShare: boolean;
  priceCredits: number;
  pageKeys: string[];
  priority: number;
  plannedUntil: Date | null;
  nextDueAt: Date;
  version: number;
  /** The search or the list that it renews. */
  thing: Thing;
  /** The newest moment that renewed it, or is about to. */
  lastDueAt: Date | null;
};

export type PlanFacts = {
  now: Date;
  /** The days of the period that are left, today included, and all of them; the last one's date, and when the next period begins. */
  days: number;
  periodDays: number;
  lastDate: string;
  resetsAt: Date;
  rows: PlannedRow[];
  teamLeft: number | null;
  /** The share for schedules, and what is used of it. */
  share: number | null;
  used: number;
  ofPayers: Map<string, number>;
};

type Left = {
  scope: string;
  subject: string;
  limit: number | null;
  used: number;
  first: string;
  last: string;
  resetsAt: Date;
};

/** What a plan of the rest of the running period is made from: all schedules that do not rest, and what limits leave. */
export async function fetchPlanFacts(tx: Tx, { id, upstream, timeZone }: Team, now: Date): Promise<PlanFacts> {
  const found = await tx.$queryRaw<
    (Omit<PlannedRow, "thing"> & { name: string; shared: boolean; makerId: string | null })[]
  >`
    select x.id, x.cadence, x.week_day as "weekDay", x.month_day as "monthDay", x.every_days as "everyDays", x.hour,
      x.member_id as "memberId", x.by_share as "byShare", x.price_credits as "priceCredits", x.page_keys as "pageKeys",
      x.priority, x.planned_until as "plannedUntil", x.next_due_at as "nextDueAt", x.version,
      coalesce(s.name, w.name) as name, coalesce(s.shared, w.shared) as shared,
      case when s.id is null then w.member_id else s.member_id end as "makerId", l.due_at as "lastDueAt"
    from schedule x
      left join saved_search s on s.team_id = x.team_id and s.id = x.search_id
      left join watchlist w on w.team_id = x.team_id and w.id = x.watchlist_id
      left join lateral (
        select y.due_at from schedule_slot y where y.team_id = x.team_id and y.schedule_id = x.id
          and (y.outcome is null or y.outcome in ('renewed', 'fresh', 'partial'))
        order by y.due_at desc limit 1) l on true
    where x.team_id = ${id}::uuid and x.upstream = ${upstream} and x.ended_at is null and x.paused_at is null
    order by x.id`;
  const rows = found.map(({ name, shared, makerId, ...row }): PlannedRow => {
    return { ...row, thing: { name, shared, memberId: makerId } };
  });
  const payers = [...new Set(rows.flatMap(({ memberId, byShare }) => (byShare ? [] : [memberId])))];
  const left = await tx.$queryRaw<Left[]>`
    select s.scope, s.subject_id as subject, p.start::text as first, p.last::text, p.resets_at as "resetsAt",
      credit_effective_limit(${id}::uuid, ${upstream}, p.start, s.scope, s.subject_id) as limit,
      coalesce(c.spent + c.held + c.unsettled, 0) as used
    from credit_period(${id}::uuid, app_now()) p
      cross join (select 'team' as scope, ${id}::uuid as subject_id union all select 'schedules', ${id}::uuid
        union all select 'member', unnest(${payers}::uuid[])) s
      left join credit_counter c on c.team_id = ${id}::uuid and c.upstream = ${upstream} and c.period_start = p.start
        and c.scope = s.scope and c.subject_id = s.subject_id`;
  const of = (scope: string) => {
    const row = left.find((one) => one.scope === scope);
    if (!row) throw new Error(`No counter of ${scope} was read`);
    return row;
  };
  const [team, share] = [of("team"), of("schedules")];
  const [firstDay, lastDay] = [dayOf(team.first), dayOf(team.last)];
  return {
    now,
    days: lastDay - dayNumber(now, timeZone) + 1,
    periodDays: lastDay - firstDay + 1,
    lastDate: team.last,
    resetsAt: team.resetsAt,
    rows,
    teamLeft: leftOf(team),
    share: share.limit,
    used: share.used,
    ofPayers: new Map(
      left.flatMap((row) => {
        const credits = row.scope === "member" ? leftOf(row) : null;
        return credits === null ? [] : [[row.subject, credits] as const];
      }),
    ),
  };
}

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const leftOf = ({ limit, used }: Left) => (limit === null ? null : Math.max(0, limit - used));

/** What is left for schedules, under this share of theirs. */
export function budgetOf({ days, periodDays, teamLeft, used, ofPayers }: PlanFacts, share: number | null): Budget {
  const lefts = [teamLeft, share === null ? null : Math.max(0, share - used)].filter((left) => left !== null);
  return { days, periodDays, credits: lefts.length === 0 ? null : Math.min(...lefts), ofPayers };
}

/**
 * The paces of the plan under way, which stay while they fit: nothing changes where nothing drifted. Null once the period
 * that they were made for is over.
 */
export function pacesOf({ rows, lastDate }: PlanFacts): Map<string, number> | null {
  const planned = rows.filter(({ cadence }) => cadence === "budget");
  const isUnderWay = planned.every(({ plannedUntil }) => plannedUntil?.toISOString().slice(0, 10) === lastDate);
  return isUnderWay ? new Map(planned.map(({ id, everyDays }) => [id, everyDays])) : null;
}

/** Schedules as the planner sees them; what the budget does not decide keeps its own days. */
export function toPlanItems(rows: readonly PlannedRow[], { now, resetsAt }: PlanFacts, timeZone: string): PlanItem[] {
  const today = dayNumber(now, timeZone);
  // Reading a zone's clock is what takes long, and many schedules have the same hours and days.
  const dayOf = once((ms: number) => dayNumber(new Date(ms), timeZone) - today);
  const isPast = once((hour: number) => momentOn(today, hour, timeZone) <= now);
  const daysOf = once((rule: string) => keptDays(JSON.parse(rule) as SlotRule, { now, resetsAt }, timeZone));
  return rows.map((row) => {
    const last = row.lastDueAt ? dayOf(row.lastDueAt.getTime()) : null;
    return {
      id: row.id,
      priority: row.priority,
      priceCredits: row.priceCredits,
      hour: row.hour,
      pages: row.pageKeys,
      payer: row.byShare ? SHARE : row.memberId,
      kept: row.cadence === "budget" ? null : daysOf(JSON.stringify(ruleOf(row))),
      firstDay: last === 0 || isPast(row.hour) ? 1 : 0,
      lastDay: last,
    };
  });
}

function once<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, work(key));
    return known.get(key) as Value;
  };
}

function keptDays(rule: SlotRule, { now, resetsAt }: { now: Date; resetsAt: Date }, timeZone: string): number[] {
  const today = dayNumber(now, timeZone);
  const days: number[] = [];
  for (let at = nextSlot(rule, timeZone, now); at < resetsAt; at = nextSlot(rule, timeZone, at)) {
    days.push(dayNumber(at, timeZone) - today);
  }
  return days;
}

/** What others keep for themselves counts, but is neither shown nor changed. */
export const isSeenBy = (ctx: TeamContext, { thing }: PlannedRow): boolean =>
  thing.shared || thing.memberId === ctx.member.id;

/** A plan day by day, as its calendar shows it. */
export function toPlanDays(plan: BudgetPlan, { now, lastDate: until }: PlanFacts, timeZone: string) {
  const today = dayNumber(now, timeZone);
  const dateOf = (day: number) => new Date((today + day) * 86_400_000).toISOString().slice(0, 10);
  const days = plan.days.map(({ credits, ids }, day) => ({ date: dateOf(day), credits, renewals: ids.length }));
  return { until, credits: plan.credits, days };
}
