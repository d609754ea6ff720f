import "server-only";
import { type LineChart, prepareLineChart } from "@/lib/charts/prepare-line-chart";
import type { Compared } from "@/lib/insights/compare-schemas";
import { countIndependent, dayNumber, dayPoints, maxGapOf, monthNumber } from "@/lib/insights/day-points";
import type { CategoryHistory } from "@/lib/insights/history-schemas";
import { IMPORTED_FIGURES, type ImportedPoint } from "@/lib/tracking/import-schemas";
import type { OwnNumber } from "@/lib/tracking/own-number-schemas";
import { ownLine } from "@/lib/tracking/own-points";

/** The keys of the lines beside the provider's: the team's own numbers, and what its old sheets say. */
export const OWN = "own";
export const IMPORTED = "imported";

export type HistoryLines = {
  /** Null when there is nothing to draw. */
  chart: LineChart | null;
  /** Days or months with a value. */
  known: number;
  independent: number;
  /** The team's own figures stand beside the provider's, in this currency if they are amounts. */
  own: { currency: string | null } | null;
  /** The provider changed this figure somewhere in the course: the line breaks off there. */
  changed: boolean;
  /** Points of the team's old sheets stand beside the provider's. */
  isImported: boolean;
};

/** The prepared chart of one figure's course, with the team's own numbers beside calendar months. */
export function historyLines(
  history: CategoryHistory,
  numbers: readonly OwnNumber[],
  shown: Compared,
  timeZone: string,
  imported: readonly ImportedPoint[] = [],
): HistoryLines {
  const { window, region } = history;
  const isMonth = window === "month";
  // Of several answers of a day the first may be the one that cannot be compared with the day before.
  const changed = history.points.filter(({ notComparable }) => notComparable.includes(shown));
  const apart = new Set(dayPoints(changed, timeZone).map(({ x }) => x));
  const points = dayPoints(history.points, timeZone).map((point) => ({
    x: point.x,
    value: point[shown],
    isApart: apart.has(point.x),
  }));
  const known = points.filter(({ value }) => value !== null).map(({ x }) => x);
  const place = isMonth ? monthNumber : dayNumber;
  const own = isMonth ? ownLine(numbers, region, shown) : null;
  const figure = IMPORTED_FIGURES.find((name) => name === shown);
  const sheets = imported.flatMap(({ at, figures }) => {
    const value = figure && figures[figure];
    return value === undefined ? [] : [{ x: place(at), value }];
  });
  const xs = [...points, ...(own?.points ?? []), ...sheets].map(({ x }) => x);
  const chart = prepareLineChart({
    series: [
      { key: shown, slot: 0, points },
      ...(own ? [{ key: OWN, slot: 1, points: own.points }] : []),
      ...(sheets.length > 0 ? [{ key: IMPORTED, slot: 2, points: sheets }] : []),
    ],
    // Nothing lies before the first known point: the chart begins there.
    from: Math.max(place(history.from), xs.length > 0 ? Math.min(...xs) : 0),
    to: isMonth ? Math.min(place(history.to), Math.max(0, ...xs)) : place(history.to),
    maxGap: maxGapOf(window),
    isRank: shown === "rank",
  });
  return {
    chart,
    known: known.length,
    independent: countIndependent(known, window),
    own,
    changed: apart.size > 0,
    isImported: sheets.length > 0,
  };
}
