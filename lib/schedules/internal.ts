import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { allows, type Role } from "@/lib/auth/permissions";
import type { Prisma, Tx } from "@/lib/platform/db";
import { AppError, invalid, notFound } from "@/lib/platform/errors";
import { visibleTo } from "@/lib/tracking/visible-to";
import { type Charged, mayPress } from "./may-press";
import { type SlotRule, slotsInThirtyDays } from "./next-slot";
import type { Renewed } from "./plan-renewal";
import type { Cadence, CreateScheduleInput, Schedule, Slot } from "./schemas";

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

const SHOWN = {
  search: { select: { name: true } },
  watchlist: { select: { name: true } },
  member: { select: { id: true, user: { select: { name: true } } } },
  slots: { orderBy: { dueAt: "desc" }, take: 1 },
} satisfies Prisma.ScheduleInclude;

type Row = Prisma.ScheduleGetPayload<{ include: typeof SHOWN }>;

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

function toSchedule(row: Row, timeZone: string, now: Date): Schedule {
  const [last] = row.slots;
  const rule = ruleOf(row);
  const slots = row.pausedAt ? 0 : slotsInThirtyDays(rule, timeZone, now);
  return {
    id: row.id,
    searchId: row.searchId,
    watchlistId: row.watchlistId,
    name: row.search?.name ?? row.watchlist?.name ?? "",
    ...rule,
    priority: row.priority,
    owner: { id: row.member.id, name: row.member.user.name },
    paidBy: row.byShare ? "share" : "member",
    nextDueAt: row.nextDueAt.toISOString(),
    pausedAt: row.pausedAt?.toISOString() ?? null,
    runCredits: row.priceCredits,
    monthCredits: slots * row.priceCredits,
    last: last ? toSlot(last) : null,
    version: row.version,
  };
}

/** The schedules that this reader may see, the next to come first. */
export async function fetchSchedules(
  tx: Tx,
  ctx: TeamContext,
  now: Date,
  where: Prisma.ScheduleWhereInput = {},
): Promise<Schedule[]> {
  const rows = await tx.schedule.findMany({
    where: {
      ...where,
      teamId: ctx.team.id,
      upstream: ctx.team.upstream ?? "",
      endedAt: null,
      OR: [{ search: visibleTo(ctx) }, { watchlist: visibleTo(ctx) }],
    },
    orderBy: [{ nextDueAt: "asc" }, { id: "asc" }],
    include: SHOWN,
  });
  return rows.map((row) => toSchedule(row, ctx.team.timeZone, now));
}

/** @throws `not_found` */
export async function fetchSchedule(tx: Tx, ctx: TeamContext, now: Date, id: string): Promise<Schedule> {
  const [schedule] = await fetchSchedules(tx, ctx, now, { id });
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
