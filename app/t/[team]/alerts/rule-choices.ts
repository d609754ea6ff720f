import type { Metric } from "@/lib/insights/schemas";

export type Option = { value: string; label: string };
/** What a rule can be about, in the reader's language. */
export type RuleOptions = {
  metrics: Record<Metric, string>;
  regions: Option[];
  windows: Option[];
  categories: Option[];
  lists: Option[];
  searches: Option[];
  webhooks: Option[];
};
