import "server-only";
import { isoDate } from "@/lib/platform/format/date";

const DAY_MS = 86_400_000;

/** A day as a number, for an axis: days since 1970. */
export const dayNumber = (day: string) => Math.round(Date.parse(day) / DAY_MS);

/** The day that a number stands for, as `YYYY-MM-DD`. */
export const dayOfNumber = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** A calendar month, `YYYY-MM`, as a number: months since the year 0. */
export const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** The month that a number stands for. */
export const monthOfNumber = (number: number) =>
  `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;

/**
 * A series, oldest first, cut into days of a time zone, or into its months: of several answers of one day the newest
 * is the day's. `x` counts days or months.
 */
export function dayPoints<Point extends { fetchedAt: string; window: string }>(
  points: readonly Point[],
  timeZone: string,
): (Point & { x: number })[] {
  const byPlace = new Map<number, Point & { x: number }>();
  for (const point of points) {
    const x = point.window.includes("-") ? monthNumber(point.window) : dayNumber(isoDate(point.fetchedAt, timeZone));
    byPlace.set(x, { ...point, x });
  }
  return [...byPlace.values()];
}

/** How far apart two neighbours of a series may lie without days, or a month, that no answer covers. */
export const maxGapOf = (window: string) => (/^\d+$/.test(window) ? Number(window) : 1);

/**
 * How many points of a series share no day: the newest, the next that lies a whole window before it, and so on back.
 * Only so many are independent observations; months share no days.
 */
export function countIndependent(xs: readonly number[], window: string): number {
  const apart = maxGapOf(window);
  let count = 0;
  let last = Number.POSITIVE_INFINITY;
  for (const x of [...xs].reverse()) {
    if (last - x < apart) continue;
    count++;
    last = x;
  }
  return count;
}
