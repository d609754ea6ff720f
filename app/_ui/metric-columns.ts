import type { Metric } from "@/lib/insights/schemas";
import { amount, compactNumber, exactNumber, MISSING, percent } from "@/lib/platform/format/number";

/** The figures of a row in the order of their columns. `more` ones wait behind "all figures" on a phone. */
export const FIGURES = [
  { metric: "ctrPct", kind: "rate", better: "high", more: false },
  { metric: "cvrPct", kind: "rate", better: "high", more: false },
  { metric: "cpa", kind: "amount", better: "low", more: false },
  { metric: "cost", kind: "amount", better: null, more: true },
  { metric: "impressions", kind: "count", better: null, more: true },
  { metric: "sixSecondViewRatePct", kind: "rate", better: null, more: true },
  { metric: "likes", kind: "count", better: null, more: true },
  { metric: "comments", kind: "count", better: null, more: true },
  { metric: "shares", kind: "count", better: null, more: true },
] as const satisfies readonly {
  metric: Metric;
  kind: "rate" | "amount" | "count";
  better: "high" | "low" | null;
  more: boolean;
}[];

export type Figure = (typeof FIGURES)[number];

/** A figure as it stands in its cell, and exactly, for the hover. */
export function figureText(
  row: Partial<Record<Metric, number | null>>,
  { metric, kind }: { metric: Metric; kind: Figure["kind"] },
  locale: string,
) {
  const value = row[metric] ?? null;
  if (value === null) return { text: MISSING, exact: undefined };
  const exact = exactNumber(value, locale);
  switch (kind) {
    case "rate":
      return { text: percent(value), exact: `${exact}%` };
    case "amount":
      return { text: amount(value, locale), exact };
    case "count":
      return { text: compactNumber(value, locale), exact };
  }
}
