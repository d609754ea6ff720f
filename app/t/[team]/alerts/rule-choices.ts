import type { Metric } from "@/lib/insights/schemas";
import type { FigureKind } from "@/lib/platform/format/figure";

export type Option = { value: string; label: string };
/** What a rule can be about, in the reader's language. */
export type RuleOptions = {
  metrics: Record<Metric, string>;
  kinds: Record<Metric, FigureKind>;
  regions: Option[];
  windows: Option[];
  /** Null are too many to list: then one is looked for. */
  categories: Option[] | null;
  lists: Option[] | null;
  searches: Option[] | null;
  /** By name; of very many the first, and those that the rule tells. */
  webhooks: Option[];
  webhookTotal: number;
};
