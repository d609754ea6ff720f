import "server-only";
import type { FigureKind } from "@/lib/platform/format/figure";
import type { Metric } from "./schemas";

export type MetricFacts = {
  kind: FigureKind;
  /** The key of its unit's name. */
  unit: "ads" | "count" | "percent" | "points" | "money";
  /** What the trade is glad of; null where it depends. */
  better: "high" | "low" | null;
};

/**
 * What is true of each figure beside its words: its words (meaning, trap, names) stand under `metric` in the catalogues.
 * Sources: the provider's own description of the endpoint, and what public clients of it say.
 */
export const METRIC_DICTIONARY = {
  posts: { kind: "count", unit: "ads", better: null },
  postsChangePct: { kind: "change", unit: "points", better: null },
  impressions: { kind: "count", unit: "count", better: null },
  ctrPct: { kind: "rate", unit: "percent", better: "high" },
  cvrPct: { kind: "rate", unit: "percent", better: "high" },
  sixSecondViewRatePct: { kind: "rate", unit: "percent", better: null },
  cost: { kind: "amount", unit: "money", better: null },
  cpa: { kind: "amount", unit: "money", better: "low" },
  likes: { kind: "count", unit: "count", better: null },
  comments: { kind: "count", unit: "count", better: null },
  shares: { kind: "count", unit: "count", better: null },
} as const satisfies Record<Metric, MetricFacts>;
