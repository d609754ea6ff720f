import "server-only";
import type { Compared } from "@/lib/insights/compare-schemas";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import { robustSpread } from "@/lib/insights/robust-spread";
import { tidy } from "./tidy";

/** What a movement is counted in: places of the market rank, or one of the provider's figures. */
export type Moving = Compared;

/** Fewer differences than these say nothing of what is usual. */
export const LEAST_DIFFERENCES = 6;
/** So many windows back: older ones tell of another market. */
export const MOST_DIFFERENCES = 12;

/** How far an item usually moves from one window to the next, in the unit of its changes. */
export type Swing = { usual: number; differences: number };

export type Observation = { day: number; value: number | null };

/**
 * How much a figure moved: places up for a rank, points for rates and changes, per cent of what it was for the rest.
 * Null when either is missing, or when it was 0 and per cent mean nothing.
 */
export function changeOf(moving: Moving, before: number | null, after: number | null): number | null {
  if (before === null || after === null) return null;
  if (moving === "rank") return before - after;
  const { kind } = METRIC_DICTIONARY[moving];
  if (kind === "rate" || kind === "change") return tidy(after - before);
  return before === 0 ? null : tidy(((after - before) / before) * 100);
}

/**
 * The usual swing: the median absolute deviation of the differences between neighbours that lie one window apart, made
 * comparable with a standard deviation. A gap of two windows or more is no difference of one.
 * @param observations newest first, of which no two share a day of their windows
 * @returns null below `LEAST_DIFFERENCES`, and where most differences are equal: then nothing is usual but standing still
 */
export function swingOf(moving: Moving, observations: readonly Observation[], windowDays: number): Swing | null {
  const differences = observations
    .flatMap((after, index) => {
      const before = observations[index + 1];
      if (!before || after.day - before.day >= 2 * windowDays) return [];
      return changeOf(moving, before.value, after.value) ?? [];
    })
    .slice(0, MOST_DIFFERENCES);
  if (differences.length < LEAST_DIFFERENCES) return null;
  const { deviation: usual } = robustSpread(differences);
  return usual > 0 ? { usual, differences: differences.length } : null;
}

/** How many times its usual swing a change is. Null where nothing is known to be usual. */
export const timesUsual = (change: number | null, swing: Swing | null): number | null =>
  change === null || swing === null ? null : Math.abs(change) / swing.usual;
