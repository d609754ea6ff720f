import { type LineChart, prepareLineChart } from "@/lib/charts/prepare-line-chart";
import { slotsOf } from "@/lib/charts/slots-of";
import type { ComparedSeries, Comparison } from "@/lib/insights/compare-schemas";
import { dayNumber, maxGapOf, monthNumber } from "@/lib/insights/day-points";

/** A line's identity, by which it has its colour. */
export const seriesKey = ({ categoryId, region }: Pick<ComparedSeries, "categoryId" | "region">) =>
  `${categoryId}/${region}`;

/** A, B, C … in the order of the lines: what tells them apart without colours. */
export const letterAt = (index: number) => String.fromCharCode(65 + index);

/** The prepared chart of a comparison, absolute or as an index; null when there is nothing to draw. */
export function compareLines(comparison: Comparison, scale: "absolute" | "index"): LineChart | null {
  const { series, window, from, to, metric } = comparison;
  const place = window === "month" ? monthNumber : dayNumber;
  const slots = slotsOf(series.map(seriesKey));
  const lines = series.map((one) => ({
    key: seriesKey(one),
    slot: series.length > 1 ? (slots.get(seriesKey(one)) ?? 0) : 0,
    points: one.points.map(({ at, value, index, notComparable }) => ({
      x: place(at),
      value: scale === "index" ? index : value,
      isApart: notComparable,
    })),
  }));
  const places = lines.flatMap(({ points }) => points.map(({ x }) => x));
  return prepareLineChart({
    series: lines,
    // Nothing lies before the first stored point: the chart begins there.
    from: Math.max(place(from), Math.min(...places)),
    to: window === "month" ? Math.min(place(to), Math.max(...places)) : place(to),
    maxGap: maxGapOf(window),
    isRank: metric === "rank",
  });
}
