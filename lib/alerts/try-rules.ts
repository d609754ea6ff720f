import "server-only";
import { isAcross, type Wall, wallsOf, wallsOfQuestion } from "@/lib/insights/breaks";
import type { Metric } from "@/lib/insights/schemas";
import { type AlertCondition, type AlertRuleInput, PLACE_CONDITIONS } from "./schemas";
import { figureOf, type StoredSeries, seriesKey } from "./stored-past";
import { type Firing, tryFigure } from "./try-figure";
import { categoriesOf, type PageAnswer, tryPlace } from "./try-place";

/** A rule as it is tried: `items` are the categories that it is about in this region; null is whatever is on the page. */
export type TriedRule = {
  id: string;
  condition: AlertCondition;
  metric: Metric | null;
  value: number | null;
  against: AlertRuleInput["against"];
  cooldownHours: number;
  items: readonly string[] | null;
};

export type Answer = {
  region: string;
  window: string;
  categoryId: string;
  q: string;
  categories: readonly string[];
};
export type Told = Firing & { ruleId: string; categoryId: string };

export const isAboutPlaces = ({ condition }: { condition: AlertCondition }) => PLACE_CONDITIONS.includes(condition);

/**
 * What an answer gives these rules to tell. Figures of one series are cut out once, however many rules look at them.
 * @param series of the categories of the answer, up to it, by `seriesKey`
 * @param pages answers to the same question, up to this one
 * @param walls what lies beyond one of them is left out: nothing is compared across
 */
export function tryRules(
  rules: readonly TriedRule[],
  answer: Answer,
  series: ReadonlyMap<string, StoredSeries>,
  allPages: readonly PageAnswer[],
  walls: readonly Wall[],
): Told[] {
  const { region, window } = answer;
  const inAnswer = new Set(answer.categories);
  const pages = onThisSide(allPages, wallsOfQuestion(walls, answer));
  const everSeen = categoriesOf(pages);
  const figures = new Map<string, ReturnType<typeof figureOf>>();
  const figure = (categoryId: string, metric: Metric) => {
    const key = `${categoryId}/${metric}`;
    const known = figures.get(key);
    if (known) return known;
    const cut = onThisSide(
      figureOf(series.get(seriesKey({ categoryId, region, window })) ?? [], metric),
      wallsOf(walls, answer, metric),
    );
    figures.set(key, cut);
    return cut;
  };
  return rules.flatMap((rule) => {
    const { id: ruleId, metric } = rule;
    const isPlace = isAboutPlaces(rule);
    const items = rule.items ?? (isPlace ? everSeen : answer.categories);
    return items.flatMap((categoryId) => {
      if (!isPlace && (metric === null || !inAnswer.has(categoryId))) return [];
      const told = isPlace
        ? tryPlace(rule, pages, categoryId)
        : tryFigure(rule, metric === null ? [] : figure(categoryId, metric), window);
      return told ? [{ ...told, ruleId, categoryId }] : [];
    });
  });
}

/** Those points that may be compared with the newest. */
export function onThisSide<Point extends { at: number }>(points: Point[], walls: readonly Wall[]): Point[];
export function onThisSide<Point extends { at: number }>(
  points: readonly Point[],
  walls: readonly Wall[],
): readonly Point[];
export function onThisSide<Point extends { at: number }>(
  points: readonly Point[],
  walls: readonly Wall[],
): readonly Point[] {
  const now = points.at(-1);
  return now && walls.length > 0 ? points.filter(({ at }) => !isAcross(walls, at, now.at)) : points;
}
