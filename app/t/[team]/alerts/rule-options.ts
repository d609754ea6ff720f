import "server-only";
import { getLocale, getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import type { TeamContext } from "@/lib/auth/context";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import { readCategories } from "@/lib/insights/read-categories";
import { METRICS, REGIONS } from "@/lib/insights/schemas";
import { readSearches } from "@/lib/tracking/read-searches";
import { readWatchlists } from "@/lib/tracking/read-watchlists";
import { readWebhooks } from "@/lib/webhooks/read-webhooks";
import type { Option, RuleOptions } from "./rule-choices";

const WINDOWS = ["1", "7", "30"];

/** What a rule can be about, in the reader's language. */
export async function readRuleOptions(ctx: TeamContext): Promise<RuleOptions> {
  const [t, locale, labels, categories, lists, searches, webhooks] = await Promise.all([
    getTranslations("metric"),
    getLocale(),
    getLabels(),
    readCategories(ctx, {}),
    readWatchlists(ctx),
    readSearches(ctx),
    readWebhooks(ctx),
  ]);
  const { compare } = new Intl.Collator(locale);
  const named = ({ id, name }: { id: string; name: string }): Option => ({ value: id, label: name });
  return {
    metrics: Object.fromEntries(METRICS.map((metric) => [metric, t(`${metric}.label`)])) as RuleOptions["metrics"],
    kinds: Object.fromEntries(
      METRICS.map((metric) => [metric, METRIC_DICTIONARY[metric].kind]),
    ) as RuleOptions["kinds"],
    regions: REGIONS.map((region) => ({ value: region, label: labels.region(region) })),
    windows: WINDOWS.map((window) => ({ value: window, label: labels.window(window) })),
    categories: categories.items
      .filter(({ level }) => level === 3)
      .map(({ id, name, ownName }) => ({ value: id, label: ownName ?? name ?? id }))
      .sort((a, b) => compare(a.label, b.label)),
    lists: lists.items.map(named),
    searches: searches.items.map(named),
    webhooks: webhooks.items.map(named),
  };
}
