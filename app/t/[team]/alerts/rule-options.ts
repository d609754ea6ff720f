import "server-only";
import { getLocale, getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import type { TeamContext } from "@/lib/auth/context";
import { MOST_OPTIONS } from "@/lib/insights/choices";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import { readCategoryChoices } from "@/lib/insights/read-category-choices";
import { METRICS, REGIONS } from "@/lib/insights/schemas";
import { readSearchesPage } from "@/lib/tracking/read-searches";
import { readWatchlistsPage } from "@/lib/tracking/read-watchlists";
import { readWebhooksNamed, readWebhooksPage } from "@/lib/webhooks/read-webhooks";
import type { Option, RuleOptions } from "./rule-choices";

const WINDOWS = ["1", "7", "30"];

const FIRST = { q: "", page: 1 };

/** What a rule can be about, in the reader's language; `told` are webhooks that it tells already. */
export async function readRuleOptions(ctx: TeamContext, told: readonly string[] = []): Promise<RuleOptions> {
  const [t, locale, labels, categories, lists, searches, webhooks, toldWebhooks] = await Promise.all([
    getTranslations("metric"),
    getLocale(),
    getLabels(),
    readCategoryChoices(ctx),
    readWatchlistsPage(ctx, FIRST, MOST_OPTIONS),
    readSearchesPage(ctx, FIRST, MOST_OPTIONS),
    readWebhooksPage(ctx, FIRST),
    told.length > 0 ? readWebhooksNamed(ctx, told) : { items: [] },
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
    categories:
      categories
        ?.map(({ id, name, ownName }) => ({ value: id, label: ownName ?? name ?? id }))
        .sort((a, b) => compare(a.label, b.label)) ?? null,
    lists: lists.pages > 1 ? null : lists.items.map(named),
    searches: searches.pages > 1 ? null : searches.items.map(named),
    webhooks: [
      ...toldWebhooks.items.filter(({ id }) => !webhooks.items.some((one) => one.id === id)),
      ...webhooks.items,
    ].map(named),
    webhookTotal: webhooks.total,
  };
}
