import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import type { TableLook, TablePage } from "@/lib/platform/format/table-page";
import { visibleTo } from "@/lib/tracking/visible-to";
import { fetchPlannable, fetchSchedule, fetchSchedules, fetchSchedulesPage, sumSchedules, toSlot } from "./internal";
import type { Schedule, SchedulePage, ScheduleWithSlots, Slot } from "./schemas";

/** So many of the newest moments are shown. */
const MOST_SLOTS = 50;

export const pageOf = (items: Schedule[]): SchedulePage => ({
  items,
  monthCredits: items.reduce((sum, { monthCredits }) => sum + monthCredits, 0),
});

/** The team's schedules that this member may see, the next to come first, and what they cost in 30 days. */
export async function readSchedules(ctx: TeamContext): Promise<SchedulePage> {
  return withTeam(ctx, "tracking:read", async (tx) => pageOf(await fetchSchedules(tx, ctx, await appNow(tx))));
}

type SchedulesShown = TablePage<Schedule> & {
  /** Of all pages, whatever is looked for: how many there are, how many do not rest, and their cost in 30 days. */
  all: { count: number; active: number; monthCredits: number };
};

/** One page of the same, and what all of them cost; `q` is looked for in the names of what they renew. */
export async function readSchedulesPage(ctx: TeamContext, look: TableLook): Promise<SchedulesShown> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const now = await appNow(tx);
    return { ...(await fetchSchedulesPage(tx, ctx, now, look)), all: await sumSchedules(tx, ctx, now) };
  });
}

/** What a plan of all schedules takes: those that do not rest and this member sees, with how important each is. */
export async function readPlannable(ctx: TeamContext): Promise<{ id: string; priority: number }[]> {
  return withTeam(ctx, "tracking:read", (tx) => fetchPlannable(tx, ctx));
}

/** A schedule with what came of its newest moments. @throws `not_found` */
export async function readSchedule(ctx: TeamContext, id: string): Promise<ScheduleWithSlots> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const schedule = await fetchSchedule(tx, ctx, await appNow(tx), id);
    const slots = await tx.scheduleSlot.findMany({
      where: { teamId: ctx.team.id, scheduleId: id },
      orderBy: { dueAt: "desc" },
      take: MOST_SLOTS,
    });
    return { ...schedule, slots: slots.map(toSlot) };
  });
}

type SlotsAsked = { most?: number; scheduleId?: string | undefined; below?: Slot | undefined };

/** The newest moments of all schedules that this member may see, ended ones too; of one alone, or below one of them. */
export async function readSlots(
  ctx: TeamContext,
  { most = MOST_SLOTS, scheduleId, below }: SlotsAsked = {},
): Promise<(Slot & { name: string })[]> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const rows = await tx.scheduleSlot.findMany({
      where: {
        teamId: ctx.team.id,
        ...(scheduleId && { scheduleId }),
        ...(below && {
          OR: [{ dueAt: { lt: below.dueAt } }, { dueAt: below.dueAt, scheduleId: { gt: below.scheduleId } }],
        }),
        schedule: {
          upstream: ctx.team.upstream ?? "",
          OR: [{ search: visibleTo(ctx) }, { watchlist: visibleTo(ctx) }],
        },
      },
      orderBy: [{ dueAt: "desc" }, { scheduleId: "asc" }],
      take: most,
      include: { schedule: { select: { search: { select: { name: true } }, watchlist: { select: { name: true } } } } },
    });
    return rows.map(({ schedule, ...row }) => ({
      ...toSlot(row),
      name: schedule.search?.name ?? schedule.watchlist?.name ?? "",
    }));
  });
}
