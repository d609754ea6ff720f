import type { AlertPreview } from "@/lib/alerts/schemas";
import { type LineChart, prepareLineChart } from "@/lib/charts/prepare-line-chart";

/** The prepared course of what a rule is tried on, with a mark for each day on which it would have told something. */
export function courseChart({ metric, points, fired, window }: NonNullable<AlertPreview["course"]>): LineChart | null {
  const xs = points.map(({ x }) => x);
  return prepareLineChart({
    series: [{ key: "course", slot: 0, points }],
    from: Math.min(...xs),
    to: Math.max(...xs),
    maxGap: /^\d+$/.test(window) ? Math.max(7, Number(window)) : 31,
    marked: fired,
    isRank: metric === null,
  });
}
