import "server-only";
import type { Locale } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/translate";
import { METRIC_DICTIONARY, type MetricFacts } from "@/lib/insights/metric-dictionary";
import { calendarMonth } from "@/lib/platform/format/date";
import { figure } from "@/lib/platform/format/figure";
import { exactNumber } from "@/lib/platform/format/number";
import { regionNames } from "@/lib/platform/format/region-names";

const METRICS: Record<string, MetricFacts | undefined> = METRIC_DICTIONARY;

/** Names of regions, short ones of time windows, and figures as pages write them, for what is said outside of pages. */
export function factWords(t: Translate, locale: Locale) {
  return {
    region: regionNames(locale, (code) => t(`region.${code}`)),
    window: (window: string) => (window.includes("-") ? calendarMonth(window, locale) : t(`window.short.${window}`)),
    figure: (value: number | null, metric: string | null) => {
      const kind = metric === null ? undefined : METRICS[metric]?.kind;
      return kind ? figure(value, kind, locale) : exactNumber(value, locale);
    },
  };
}
