import "server-only";
import type { Wall } from "@/lib/insights/breaks";
import type { AlertRuleInput } from "./schemas";
import { type FigurePoint, type Firing, tryFigure } from "./try-figure";
import { type PageAnswer, tryPlace } from "./try-place";
import { onThisSide } from "./try-rules";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a rule would have told of one series since a moment, each answer tried as if it were the newest. */
export function tryPastFigures(
  rule: AlertRuleInput,
  series: readonly FigurePoint[],
  window: string,
  since: number,
  walls: readonly Wall[],
): Firing[] {
  const told = series.flatMap((point, index) =>
    point.at < since ? [] : (tryFigure(rule, onThisSide(series.slice(0, index + 1), walls), window) ?? []),
  );
  return afterCooldown(told, rule.cooldownHours);
}

/** The same for places, of one category. */
export function tryPastPlaces(
  rule: AlertRuleInput,
  answers: readonly PageAnswer[],
  categoryId: string,
  since: number,
  walls: readonly Wall[],
): Firing[] {
  const told = answers.flatMap((answer, index) =>
    answer.at < since ? [] : (tryPlace(rule, onThisSide(answers.slice(0, index + 1), walls), categoryId) ?? []),
  );
  return afterCooldown(told, rule.cooldownHours);
}

/** The answers that had grown older than a rule allows before the next one came, or until now. */
export function tryPastAges(days: number, series: readonly FigurePoint[], since: number, now: number): Firing[] {
  return series.flatMap((point, index) => {
    const until = series[index + 1]?.at ?? now;
    if (until - point.at <= days * DAY_MS || until < since) return [];
    return {
      oldValue: null,
      newValue: Math.floor((until - point.at) / DAY_MS),
      oldAt: null,
      newAt: point.at,
      oldSnapshotId: null,
      snapshotId: point.snapshotId,
      observations: null,
    };
  });
}

/** Oldest first: what comes before the pause since the last told one is over is not told. */
function afterCooldown(told: readonly Firing[], hours: number): Firing[] {
  const kept: Firing[] = [];
  for (const firing of told) {
    const last = kept.at(-1);
    if (!last || firing.newAt >= last.newAt + hours * HOUR_MS) kept.push(firing);
  }
  return kept;
}
