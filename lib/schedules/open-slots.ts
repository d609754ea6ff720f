import "server-only";
import { asTeam } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/platform/db";
import { sendJobs } from "@/lib/platform/queue";
import { ruleOf } from "./internal";
import { lastMissed, nextSlot } from "./next-slot";
import { slotJob } from "./slot-job";

/** Schedules looked at in one turn. */
const MOST_AT_ONCE = 1000;

type Waiting = { team_id: string; id: string };
type Due = {
  id: string;
  cadence: string;
  weekDay: number | null;
  monthDay: number | null;
  everyDays: number;
  hour: number;
  timeZone: string;
  teamZone: string;
  nextDueAt: Date;
  pausedAt: Date | null;
  now: Date;
};

/**
 * Opens the moment at which each schedule that is due has to renew, in all teams, and names its next one: in one
 * transaction, so that several workers open each moment once. What was missed while nobody was there is one moment.
 * @returns how many were opened
 */
export async function openSlots(): Promise<number> {
  const due = await db().$queryRaw<Waiting[]>`select * from schedules_due(${MOST_AT_ONCE}::int)`;
  let opened = 0;
  for (const [teamId, ids] of byTeam(due)) {
    opened += await asTeam(teamId, (tx) => openOfTeam(tx, teamId, ids));
  }
  return opened;
}

/** Reckons the next moment anew where the team has moved to another time zone. */
export async function moveSlots(): Promise<void> {
  const moved = await db().$queryRaw<Waiting[]>`select * from schedules_elsewhere(${MOST_AT_ONCE}::int)`;
  for (const [teamId, ids] of byTeam(moved)) {
    await asTeam(teamId, async (tx) => {
      const schedules = await lockAll(tx, teamId, ids);
      await setNext(
        tx,
        teamId,
        schedules.filter(({ nextDueAt, now }) => nextDueAt > now),
      );
    });
  }
}

function byTeam(rows: Waiting[]): Map<string, string[]> {
  const teams = new Map<string, string[]>();
  for (const { team_id, id } of rows) teams.set(team_id, [...(teams.get(team_id) ?? []), id]);
  return teams;
}

async function openOfTeam(tx: Tx, teamId: string, ids: string[]): Promise<number> {
  const due = (await lockAll(tx, teamId, ids)).filter(({ nextDueAt, now }) => nextDueAt <= now);
  const slots = due.map((schedule) => {
    const { id, nextDueAt, now, pausedAt, timeZone } = schedule;
    const { at, missed } = lastMissed(ruleOf(schedule), timeZone, nextDueAt, now);
    const rests = pausedAt ? { outcome: "skipped", reason: "paused", endedAt: now } : {};
    return { teamId, scheduleId: id, dueAt: at, missed, openedAt: now, ...rests };
  });
  await tx.scheduleSlot.createMany({ data: slots, skipDuplicates: true });
  await setNext(tx, teamId, due);
  const awake = new Set(due.filter(({ pausedAt }) => !pausedAt).map(({ id }) => id));
  const jobs = slots.filter(({ scheduleId }) => awake.has(scheduleId)).map(slotJob);
  if (jobs.length > 0) await sendJobs(tx, "schedule", jobs);
  return due.length;
}

/** Those that no other worker is at. */
const lockAll = (tx: Tx, teamId: string, ids: string[]) =>
  tx.$queryRaw<Due[]>`
    select s.id, s.cadence, s.week_day as "weekDay", s.month_day as "monthDay", s.every_days as "everyDays", s.hour,
      s.time_zone as "timeZone", t.time_zone as "teamZone", s.next_due_at as "nextDueAt", s.paused_at as "pausedAt",
      app_now() as now
    from schedule s join team t on t.id = s.team_id
    where s.team_id = ${teamId}::uuid and s.id = any(${ids}::uuid[]) and s.ended_at is null
    for update of s skip locked`;

async function setNext(tx: Tx, teamId: string, schedules: Due[]): Promise<void> {
  if (schedules.length === 0) return;
  const next = schedules.map((schedule) => nextSlot(ruleOf(schedule), schedule.teamZone, schedule.now));
  await tx.$executeRaw`
    update schedule s set next_due_at = n.at, time_zone = n.zone
    from unnest(${schedules.map(({ id }) => id)}::uuid[], ${next}::timestamptz[],
      ${schedules.map(({ teamZone }) => teamZone)}::text[]) as n (id, at, zone)
    where s.team_id = ${teamId}::uuid and s.id = n.id`;
}
