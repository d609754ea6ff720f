import type { RANKING_COLUMNS } from "@/lib/auth/schemas";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import type { Metric } from "@/lib/insights/schemas";
import { figure } from "@/lib/platform/format/figure";
import { exactNumber, MISSING } from "@/lib/platform/format/number";

/** The figures of a row in the order of their columns. `more` ones wait behind "all figures" on a phone. */
export const FIGURES = [
  { metric: "ctrPct", more: false },
  { metric: "cvrPct", more: false },
  { metric: "cpa", more: false },
  { metric: "cost", more: true },
  { metric: "impressions", more: true },
  { metric: "sixSecondViewRatePct", more: true },
  { metric: "likes", more: true },
  { metric: "comments", more: true },
  { metric: "shares", more: true },
] as const satisfies readonly { metric: Metric & (typeof RANKING_COLUMNS)[number]; more: boolean }[];

/** A figure as it stands in its cell, and exactly, for the hover. */
export function figureText(value: number | null, metric: Metric, locale: string): { text: string; exact?: string } {
  if (value === null) return { text: MISSING };
  const { kind } = METRIC_DICTIONARY[metric];
  const exact = exactNumber(value, locale);
  return { text: figure(value, kind, locale), exact: kind === "rate" || kind === "change" ? `${exact}%` : exact };
}
