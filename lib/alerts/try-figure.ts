import "server-only";
import { changeOf, independent, isOneWindow, swingOf, timesUsual } from "@/lib/insights/usual-swing";
import { isStep } from "@/lib/insights/within-rounding";
import { percentChange } from "@/lib/platform/format/percent-change";
import type { AlertRuleInput } from "./schemas";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

export type FigureRule = Pick<AlertRuleInput, "condition" | "metric" | "value" | "against">;
/** `day` is of the team's time zone. */
export type FigurePoint = { at: number; day: number; snapshotId: string; value: number | null };

/** What there is to tell: figures, or places of a ranking, before and after. */
export type Firing = {
  oldValue: number | null;
  newValue: number | null;
  oldAt: number | null;
  newAt: number;
  oldSnapshotId: string | null;
  snapshotId: string;
  observations: number | null;
};

type Known = FigurePoint & { value: number };
const isKnown = (point: FigurePoint): point is Known => point.value !== null;

/**
 * Whether the newest point of a series gives a rule about figures something to tell. A missing value never does, and
 * neither does a step of the provider's rounding.
 * @param series of one category, region and window, oldest first
 */
export function tryFigure(rule: FigureRule, series: readonly FigurePoint[], window: string): Firing | null {
  const now = series.at(-1);
  if (!now || !isKnown(now)) return null;
  const earlier = series.slice(0, -1).filter(isKnown);
  const tell = (old: Known | undefined, observations: number | null = null): Firing | null =>
    old
      ? {
          oldValue: old.value,
          newValue: now.value,
          oldAt: old.at,
          newAt: now.at,
          oldSnapshotId: old.snapshotId,
          snapshotId: now.snapshotId,
          observations,
        }
      : null;
  const before = earlier.at(-1);
  const value = rule.value ?? 0;
  switch (rule.condition) {
    case "crosses_up":
      return before && before.value < value && now.value >= value ? tell(before) : null;
    case "crosses_down":
      return before && before.value > value && now.value <= value ? tell(before) : null;
    case "rises_by":
    case "falls_by":
    case "changes_by": {
      const base = rule.against === "week" ? weekBefore(earlier, now.at) : before;
      const percent = base ? percentChange(base.value, now.value) : null;
      if (!base || percent === null || isStep(base.value, now.value)) return null;
      const size =
        rule.condition === "rises_by" ? percent : rule.condition === "falls_by" ? -percent : Math.abs(percent);
      return size >= value - 1e-9 ? tell(base) : null;
    }
    case "reverses":
      return tell(turnedFrom([...earlier, now]));
    case "unusual": {
      const days = Number(window);
      const [, before, ...past] = Number.isNaN(days) ? [] : independent([now, ...earlier.toReversed()], days);
      if (!before || rule.metric === null || !isOneWindow(before, now, days)) return null;
      const swing = swingOf(rule.metric, [before, ...past], days);
      const times = timesUsual(changeOf(rule.metric, before.value, now.value), swing);
      return swing && times !== null && times >= value ? tell(before, swing.differences) : null;
    }
    default:
      return null;
  }
}

/** The newest answer that is a week old or older, if it is not two weeks old. */
const weekBefore = (earlier: readonly Known[], now: number) =>
  earlier.findLast(({ at }) => at <= now - WEEK_MS && at > now - 2 * WEEK_MS);

/** The point at which a series turned just now, after two moves the other way; moves within rounding are none. */
function turnedFrom(points: readonly Known[]): Known | undefined {
  const kept: Known[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (!last || (last.value !== point.value && !isStep(last.value, point.value))) kept.push(point);
  }
  if (kept.at(-1) !== points.at(-1)) return undefined;
  const [a, b, c, d] = kept.slice(-4);
  if (!a || !b || !c || !d) return undefined;
  const [first, second, now] = [b.value - a.value, c.value - b.value, d.value - c.value].map(Math.sign);
  return first === second && now !== second ? c : undefined;
}
