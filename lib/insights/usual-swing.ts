import "server-only";
import { percentChange } from "@/lib/platform/format/percent-change";
import type { Compared } from "./compare-schemas";
import { METRIC_DICTIONARY } from "./metric-dictionary";
import { robustSpread } from "./robust-spread";
import { tidy } from "./tidy";

/** What a movement is counted in: places of the market rank, or one of the provider's figures. */
export type Moving = Compared;

/** Fewer differences than these say nothing of what is usual. */
export const LEAST_DIFFERENCES = 8;
/** So many windows back: older ones tell of another market. */
export const MOST_DIFFERENCES = 12;
/** A swing is never taken to be smaller: below it lies the provider's rounding. */
const SMALLEST = { places: 1, points: 0.01, percent: 1 };

/** How an item usually moves from one window to the next, in the unit of its changes. */
export type Swing = {
  /** The middle of its differences: what it usually does. */
  middle: number;
  /** How far it usually strays from that. */
  usual: number;
  differences: number;
};

export type Observation = { day: number; value: number | null };

/** The unit of a change: places up for a rank, points for rates and changes, per cent of what it was for the rest. */
export function unitOf(moving: Moving): keyof typeof SMALLEST {
  if (moving === "rank") return "places";
  const { kind } = METRIC_DICTIONARY[moving];
  return kind === "rate" || kind === "change" ? "points" : "percent";
}

/** How much a figure moved. Null when either is missing, or when it was 0 and per cent mean nothing. */
export function changeOf(moving: Moving, before: number | null, after: number | null): number | null {
  if (before === null || after === null) return null;
  const unit = unitOf(moving);
  if (unit === "places") return before - after;
  if (unit === "points") return tidy(after - before);
  const change = percentChange(before, after);
  return change === null ? null : tidy(change);
}

/** The newest of some points, the newest that shares no day of its window with that one, and so on. */
export function independent<Point extends { day: number }>(newestFirst: readonly Point[], windowDays: number): Point[] {
  const chosen: Point[] = [];
  for (const point of newestFirst) {
    const last = chosen.at(-1);
    if (!last || last.day - point.day >= windowDays) chosen.push(point);
  }
  return chosen;
}

/** A gap of two windows or more is no difference of one. */
export const isOneWindow = (before: { day: number }, after: { day: number }, windowDays: number) =>
  after.day - before.day < 2 * windowDays;

/**
 * The usual swing: the median of the differences between neighbours that lie one window apart, and their median absolute
 * deviation from it, made comparable with a standard deviation.
 * @param observations newest first, of which no two share a day of their windows
 * @returns null below `LEAST_DIFFERENCES`
 */
export function swingOf(moving: Moving, observations: readonly Observation[], windowDays: number): Swing | null {
  const differences = observations
    .flatMap((after, index) => {
      const before = observations[index + 1];
      if (!before || !isOneWindow(before, after, windowDays)) return [];
      return changeOf(moving, before.value, after.value) ?? [];
    })
    .slice(0, MOST_DIFFERENCES);
  if (differences.length < LEAST_DIFFERENCES) return null;
  const { middle, deviation } = robustSpread(differences);
  return { middle, usual: Math.max(SMALLEST[unitOf(moving)], deviation), differences: differences.length };
}

/** How many usual swings a change lies from what is usual. Null where nothing is known to be. */
export const timesUsual = (change: number | null, swing: Swing | null): number | null =>
  change === null || swing === null ? null : Math.abs(change - swing.middle) / swing.usual;
