import "server-only";
import type { Cadence } from "./schemas";

export type SlotRule = {
  cadence: Cadence;
  /** 1 (Monday) to 7, of `weekly`. */
  weekDay: number | null;
  /** Of `monthly`; a month that is shorter has its last day instead. */
  monthDay: number | null;
  /** Of `budget`: days from one renewal to the next. */
  everyDays: number;
  hour: number;
};

const DAY_MS = 86_400_000;

/** The longest way from one moment to the next: the months, and a budget's `everyDays` of at most a month. */
const MOST_DAYS = 64;

/**
 * The first moment after `after` at which a schedule is due. An hour that daylight saving skips is due at the first
 * instant behind the gap; one that comes twice is due the first time.
 */
export function nextSlot(rule: SlotRule, timeZone: string, after: Date): Date {
  const from = localDay(after, timeZone);
  // A budget's next day is counted from the last one; the others look at each day, today included.
  const first = rule.cadence === "budget" && rule.everyDays > 1 ? rule.everyDays : 0;
  for (let ahead = first; ahead <= first + MOST_DAYS; ahead += 1) {
    const day = new Date(from.getTime() + ahead * DAY_MS);
    if (!isDay(rule, day)) continue;
    const at = instantOf(day, rule.hour, timeZone);
    if (at > after) return at;
  }
  throw new Error("A schedule without a next day");
}

/**
 * Of the moments up to `now`, beginning with `due`, the last one, and how many came before it: after a time in which
 * nobody was there, one renewal stands for all of them.
 */
export function lastMissed(rule: SlotRule, timeZone: string, due: Date, now: Date): { at: Date; missed: number } {
  let at = due;
  let missed = 0;
  for (let next = nextSlot(rule, timeZone, at); next <= now; next = nextSlot(rule, timeZone, at)) {
    at = next;
    missed += 1;
  }
  return { at, missed };
}

/** How many moments there are in the 30 days after `from`. */
export function slotsInThirtyDays(rule: SlotRule, timeZone: string, from: Date): number {
  const end = new Date(from.getTime() + 30 * DAY_MS);
  let count = 0;
  for (let at = nextSlot(rule, timeZone, from); at <= end; at = nextSlot(rule, timeZone, at)) count += 1;
  return count;
}

/** The number of the day that a zone's calendar shows; the next day has the next number. */
export const dayNumber = (at: Date, timeZone: string): number => localDay(at, timeZone).getTime() / DAY_MS;

/** The instant of an hour on such a day, as `nextSlot` finds it. */
export const momentOn = (day: number, hour: number, timeZone: string): Date =>
  instantOf(new Date(day * DAY_MS), hour, timeZone);

/** `day` is a date as midnight in UTC. */
function isDay({ cadence, weekDay, monthDay }: SlotRule, day: Date): boolean {
  const ofWeek = day.getUTCDay() || 7;
  switch (cadence) {
    case "daily":
    case "budget":
      return true;
    case "weekdays":
      return ofWeek <= 5;
    case "weekly":
      return ofWeek === weekDay;
    case "monthly":
      return day.getUTCDate() === Math.min(monthDay ?? 1, lastOfMonth(day));
    default:
      return unknownCadence(cadence);
  }
}

function unknownCadence(cadence: never): never {
  throw new Error(`No days for the cadence ${JSON.stringify(cadence)}: next-slot.ts names each`);
}

const lastOfMonth = (day: Date) => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();

/** The first instant at which clocks of the zone show this hour of this day, or have gone past it. */
function instantOf(day: Date, hour: number, timeZone: string): Date {
  const wall = day.getTime() + hour * 3_600_000;
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((at) => offsetMs(at, timeZone));
  const earliest = wall - Math.max(...offsets);
  const latest = wall - Math.min(...offsets);
  for (const at of [earliest, latest]) if (at + offsetMs(at, timeZone) === wall) return new Date(at);
  // Clocks jump over it: between the two there is one jump, and it is the first instant behind it.
  let [before, behind] = [earliest, latest];
  while (behind - before > 1000) {
    const middle = Math.floor((before + behind) / 2000) * 1000;
    if (middle + offsetMs(middle, timeZone) >= wall) behind = middle;
    else before = middle;
  }
  return new Date(behind);
}

/** The date that a zone's calendar shows, as midnight in UTC. */
function localDay(at: Date, timeZone: string): Date {
  const wall = at.getTime() + offsetMs(at.getTime(), timeZone);
  return new Date(Math.floor(wall / DAY_MS) * DAY_MS);
}

/** How far a zone's clocks are ahead of UTC at an instant. */
export function offsetMs(at: number, timeZone: string): number {
  const seconds = Math.floor(at / 1000) * 1000;
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(seconds)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - seconds;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  return format;
}
