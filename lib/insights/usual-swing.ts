import "server-only";
import { robustSpread } from "./robust-spread";

const DAY_MS = 86_400_000;
/** Fewer independent changes than this say nothing about what is usual. */
export const FEWEST_CHANGES = 8;
/** A swing is never taken to be smaller: below it lies the provider's rounding. */
const SMALLEST_SWING = 0.01;

export type Swing = {
  /** How many usual swings the newest change lies from the middle of the earlier ones, with its sign. */
  swings: number;
  /** Independent changes before it. */
  observations: number;
  /** What the newest change is counted from. */
  from: number;
};

/**
 * How unusual the newest move of a figure is for itself. Windows that share days tell the same twice, so changes are
 * taken between points that lie a whole window apart, back from the newest; what is usual is the median of the earlier
 * relative changes and their robust deviation.
 * @param points of one series, oldest first, at milliseconds; `from` of the result is an index into them
 * @returns null with fewer than `FEWEST_CHANGES` earlier changes, or when a change cannot be reckoned from 0
 */
export function usualSwing(points: readonly { at: number; value: number }[], windowDays: number): Swing | null {
  const chosen: number[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (let index = points.length - 1; index >= 0; index--) {
    const at = points[index]?.at ?? 0;
    if (at > next) continue;
    chosen.push(index);
    next = at - windowDays * DAY_MS;
  }
  const changes: number[] = [];
  for (let nth = 0; nth + 1 < chosen.length; nth++) {
    const [is, was] = [points[chosen[nth] ?? 0]?.value ?? 0, points[chosen[nth + 1] ?? 0]?.value ?? 0];
    if (was === 0) return null;
    changes.push((is - was) / Math.abs(was));
  }
  const [newest, ...earlier] = changes;
  const from = chosen[1];
  if (newest === undefined || from === undefined || earlier.length < FEWEST_CHANGES) return null;
  const { middle, deviation } = robustSpread(earlier);
  const swing = Math.max(SMALLEST_SWING, deviation);
  return { swings: (newest - middle) / swing, observations: earlier.length, from };
}
