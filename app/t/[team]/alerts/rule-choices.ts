import type { Metric } from "@/lib/insights/schemas";
import type { FigureKind } from "@/lib/platform/format/figure";

export type Option = { value: string; label: string };
/** What a rule can be about, in the reader's language. */
export type RuleOptions = {
  metrics: Record<Metric, string>;
  kinds: Record<Metric, FigureKind>;
  regions: Option[];
  windows: Option[];
  categories: Option[];
  lists: Option[];
  searches: Option[];
  webhooks: Option[];
};
