import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { allows, type Role } from "@/lib/auth/permissions";
import { Prisma, type Tx } from "@/lib/platform/db";
import { AppError, invalid, notFound } from "@/lib/platform/errors";
import { containing, readTablePage, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import { visibleTo } from "@/lib/tracking/visible-to";
import { type Charged, mayPress } from "./may-press";
import { type SlotRule, slotsInThirtyDays } from "./next-slot";
import type { Renewed } from "./plan-renewal";
import { type Cadence, type CreateScheduleInput, MOST_PLANNED, type Schedule, type Slot } from "./schemas";

type Chosen = Pick<CreateScheduleInput, "cadence" | "weekDay" | "monthDay" | "hour">;
type SlotRow = {
  scheduleId: string;
  dueAt: Date;
  byHand: boolean;
  missed: number;
  runId: string | null;
  outcome: string | null;
  reason: string | null;
  credits: number;
  unchangedSince: Date | null;
  endedAt: Date | null;
};

export const toSlot = (row: SlotRow): Slot => ({
  scheduleId: row.scheduleId,
  dueAt: row.dueAt.toISOString(),
  byHand: row.byHand,
  missed: row.missed,
  runId: row.runId,
  outcome: row.outcome as Slot["outcome"],
  reason: row.reason,
  credits: row.credits,
  unchangedSince: row.unchangedSince?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
});

type Row = Omit<SlotRule, "cadence"> & {
  id: string;
  cadence: string;
  searchId: string | null;
  watchlistId: string | null;
  name: string | null;
  priority: number;
  ownerId: string;
  ownerName: string;
  byShare: boolean;
  nextDueAt: Date;
  pausedAt: Date | null;
  priceCredits: number;
  version: number;
  /** Of the newest moment; null when there was none. */
  dueAt: Date | null;
  byHand: boolean;
  missed: number;
  runId: string | null;
  outcome: string | null;
  reason: string | null;
  credits: number;
  unchangedSince: Date | null;
  endedAt: Date | null;
};

export const ruleOf = (row: Omit<SlotRule, "cadence"> & { cadence: string }): SlotRule => ({
  cadence: row.cadence as Cadence,
  weekDay: row.weekDay,
  monthDay: row.monthDay,
  everyDays: row.everyDays,
  hour: row.hour,
});

/** A rule as it was chosen: days that its cadence does not have are left out. */
export const ruleGiven = ({ cadence, weekDay, monthDay, hour }: Chosen): SlotRule => ({
  cadence,
  weekDay: cadence === "weekly" ? (weekDay ?? null) : null,
  monthDay: cadence === "monthly" ? (monthDay ?? null) : null,
  everyDays: 1,
  hour,
});

type Slots = (rule: SlotRule) => number;

/** What rules have in common is reckoned once: there are few rules, and many schedules. */
const slotsOf = (timeZone: string, now: Date): Slots => {
  const known = new Map<string, number>();
  return (rule) => {
    const key = JSON.stringify([rule.cadence, rule.weekDay, rule.monthDay, rule.everyDays, rule.hour]);
    const slots = known.get(key) ?? slotsInThirtyDays(rule, timeZone, now);
    known.set(key, slots);
    return slots;
  };
};

function toSchedule(row: Row, slots: Slots): Schedule {
  const { dueAt } = row;
  const rule = ruleOf(row);
  return {
    id: row.id,
    searchId: row.searchId,
    watchlistId: row.watchlistId,
    name: row.name ?? "",
    ...rule,
    priority: row.priority,
    owner: { id: row.ownerId, name: row.ownerName },
    paidBy: row.byShare ? "share" : "member",
    nextDueAt: row.nextDueAt.toISOString(),
    pausedAt: row.pausedAt?.toISOString() ?? null,
    runCredits: row.priceCredits,
    monthCredits: row.pausedAt ? 0 : slots(rule) * row.priceCredits,
    last: dueAt ? toSlot({ ...row, dueAt, scheduleId: row.id }) : null,
    version: row.version,
  };
}

/** The schedules `x` that this reader may see; with a text, those whose search or list holds it in its name. */
const seenBy = (ctx: TeamContext, q = "") => {
  const part = containing(q);
  return Prisma.sql`from schedule x
      left join saved_search s on s.team_id = x.team_id and s.id = x.search_id
      left join watchlist w on w.team_id = x.team_id and w.id = x.watchlist_id
    where x.team_id = ${ctx.team.id}::uuid and x.upstream = ${ctx.team.upstream ?? ""} and x.ended_at is null
      and coalesce(s.shared or s.member_id = ${ctx.member.id}::uuid, w.shared or w.member_id = ${ctx.member.id}::uuid)
      ${q === "" ? Prisma.empty : Prisma.sql`and coalesce(s.name, w.name) ilike ${part}`}`;
};

/** The schedules that this reader may see, the next to come first; of these alone, where told. */
export async function fetchSchedules(
  tx: Tx,
  ctx: TeamContext,
  now: Date,
  ids: readonly string[] | null = null,
): Promise<Schedule[]> {
  const among = ids === null ? Prisma.empty : Prisma.sql`and x.id = any(${ids}::uuid[])`;
  const rows = await tx.$queryRaw<Row[]>`
    select x.*, m.id as "ownerId", u.name as "ownerName", l.*
    from (
      select x.team_id, x.id, x.search_id as "searchId", x.watchlist_id as "watchlistId",
        coalesce(s.name, w.name) as name, x.cadence, x.week_day as "weekDay", x.month_day as "monthDay",
        x.every_days as "everyDays", x.hour, x.priority, x.member_id, x.by_share as "byShare",
        x.next_due_at as "nextDueAt", x.paused_at as "pausedAt", x.price_credits as "priceCredits", x.version
      ${seenBy(ctx)} ${among}) x
      join membership m on m.team_id = x.team_id and m.id = x.member_id
      join user_account u on u.id = m.user_id
      left join lateral (
        select y.due_at as "dueAt", y.by_hand as "byHand", y.missed, y.run_id as "runId", y.outcome, y.reason, y.credits,
          y.unchanged_since as "unchangedSince", y.ended_at as "endedAt"
        from schedule_slot y where y.team_id = x.team_id and y.schedule_id = x.id order by y.due_at desc limit 1) l on true
    order by x."nextDueAt", x.id`;
  const slots = slotsOf(ctx.team.timeZone, now);
  return rows.map((row) => toSchedule(row, slots));
}

/** A page of the same. */
export function fetchSchedulesPage(tx: Tx, ctx: TeamContext, now: Date, look: TableLook): Promise<TablePage<Schedule>> {
  const count = async () => {
    const rows = await tx.$queryRaw<{ total: number }[]>`select count(*)::int as total ${seenBy(ctx, look.q)}`;
    return rows[0]?.total ?? 0;
  };
  return readTablePage(look, count, async (limit, offset) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select x.id ${seenBy(ctx, look.q)} order by x.next_due_at, x.id limit ${limit}::int offset ${offset}::int`;
    return fetchSchedules(
      tx,
      ctx,
      now,
      rows.map(({ id }) => id),
    );
  });
}

/** How many of all of them there are and how many do not rest, and what these cost in 30 days: added up by their rules. */
export async function sumSchedules(tx: Tx, ctx: TeamContext, now: Date) {
  type Sum = Omit<SlotRule, "cadence"> & { cadence: string; count: number; active: number; credits: number };
  const sums = await tx.$queryRaw<Sum[]>`
    select x.cadence, x.week_day as "weekDay", x.month_day as "monthDay", x.every_days as "everyDays", x.hour,
      count(*)::int as count, (count(*) filter (where x.paused_at is null))::int as active,
      coalesce(sum(x.price_credits) filter (where x.paused_at is null), 0)::int as credits
    ${seenBy(ctx)} group by 1, 2, 3, 4, 5`;
  const slots = slotsOf(ctx.team.timeZone, now);
  const add = (of: (sum: Sum) => number) => sums.reduce((total, sum) => total + of(sum), 0);
  return {
    count: add(({ count }) => count),
    active: add(({ active }) => active),
    monthCredits: add((sum) => (sum.credits === 0 ? 0 : slots(ruleOf(sum)) * sum.credits)),
  };
}

/** The most expensive that do not rest, with how important each is: what a plan takes at once. */
export async function fetchPlannable(tx: Tx, ctx: TeamContext): Promise<{ id: string; priority: number }[]> {
  return tx.$queryRaw`
    select x.id, x.priority ${seenBy(ctx)} and x.paused_at is null
    order by x.price_credits desc, x.id limit ${MOST_PLANNED}::int`;
}

/** @throws `not_found` */
export async function fetchSchedule(tx: Tx, ctx: TeamContext, now: Date, id: string): Promise<Schedule> {
  const [schedule] = await fetchSchedules(tx, ctx, now, [id]);
  if (!schedule) throw notFound();
  return schedule;
}

/** A schedule that is about to change, held until the transaction ends. @throws `not_found` */
export async function lockSchedule(tx: Tx, ctx: TeamContext, now: Date, id: string): Promise<Schedule> {
  await tx.$executeRaw`
    select 1 from schedule where team_id = ${ctx.team.id}::uuid and id = ${id}::uuid for update`;
  return fetchSchedule(tx, ctx, now, id);
}

/**
 * Who is to pay for a schedule: a member who may spend; another one than oneself is named by an admin, and what is
 * private renews for its maker alone. @throws `invalid_request` at `memberId`
 */
export async function assertOwner(
  tx: Tx,
  ctx: TeamContext,
  memberId: string,
  thing: { makerId: string | null; shared: boolean },
) {
  const owner = await tx.membership.findFirst({
    where: { teamId: ctx.team.id, id: memberId, removedAt: null },
    select: { role: true },
  });
  if (!owner) throw invalid("memberId", "member_unknown");
  if (!allows(owner.role as Role, "insights:buy")) throw invalid("memberId", "schedule_owner_viewer");
  if (memberId !== ctx.member.id && !allows(ctx.member.role, "limits:write")) {
    throw invalid("memberId", "schedule_owner_admin");
  }
  if (!thing.shared && thing.makerId !== memberId) throw invalid("memberId", "schedule_owner_private");
}

/**
 * Letting the share pay spends what is everybody's: it is for those who set limits, for what the team sees, and needs a
 * share that says how much. @throws `invalid_request` at `paidBy`
 */
export async function assertSharePays(tx: Tx, ctx: TeamContext, { shared }: { shared: boolean }): Promise<void> {
  if (!allows(ctx.member.role, "limits:write")) throw invalid("paidBy", "schedule_share_admin");
  if (!shared) throw invalid("paidBy", "schedule_share_private");
  const share = await tx.creditLimit.count({ where: { teamId: ctx.team.id, scope: "schedules" } });
  if (share === 0) throw invalid("paidBy", "schedule_share_unset");
}

/** Holds what is to be renewed, so that it is not hidden while somebody else becomes its payer. */
export async function holdRenewed(tx: Tx, teamId: string, { searchId, watchlistId }: Renewed): Promise<void> {
  await (searchId === null
    ? tx.$executeRaw`select 1 from watchlist where team_id = ${teamId}::uuid and id = ${watchlistId}::uuid for share`
    : tx.$executeRaw`select 1 from saved_search where team_id = ${teamId}::uuid and id = ${searchId}::uuid for share`);
}

/** Who made what is renewed, and whether others see it. @throws `not_found` when this member does not see it */
export async function fetchRenewed(
  tx: Tx,
  ctx: TeamContext,
  { searchId, watchlistId }: Renewed,
): Promise<{ makerId: string | null; shared: boolean }> {
  const where = { teamId: ctx.team.id, upstream: ctx.team.upstream ?? "", deletedAt: null, ...visibleTo(ctx) };
  const select = { memberId: true, shared: true } as const;
  const row =
    searchId === null
      ? await tx.watchlist.findFirst({ where: { ...where, id: watchlistId ?? "" }, select })
      : await tx.savedSearch.findFirst({ where: { ...where, id: searchId }, select });
  if (!row) throw notFound();
  return { makerId: row.memberId, shared: row.shared };
}

/** @throws `forbidden` (`schedule_owner`) */
export function assertMayPress(ctx: TeamContext, schedule: Charged): void {
  if (mayPress(ctx.member, schedule)) return;
  throw new AppError("forbidden", { reason: "schedule_owner" });
}
