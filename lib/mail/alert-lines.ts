import "server-only";
import type { Locale } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/translate";
import { day } from "@/lib/platform/format/date";
import { exactNumber, signedPercent } from "@/lib/platform/format/number";
import { percentChange } from "@/lib/platform/format/percent-change";
import { factWords } from "./fact-words";

/** What a rule told of one category, as a mail carries it; moments are ISO, days are said in the time zone given. */
export type AlertLine = {
  condition: string;
  metric: string | null;
  value: number | null;
  categoryId: string;
  categoryName: string | null;
  region: string;
  window: string;
  oldValue: number | null;
  newValue: number | null;
  oldAt: string | null;
  newAt: string;
  /** Empty for a rule without a name. */
  ruleName?: string;
};

const PLACES = ["enters_top", "leaves_top", "is_new"];

/** One line each: what happened, from what to what on which days, where. @param own makes somebody's words harmless */
export function alertLines(
  t: Translate,
  locale: Locale,
  { alerts, timeZone }: { alerts: readonly AlertLine[]; timeZone: string },
  own: (text: string) => string,
): string[] {
  const words = factWords(t, locale);
  return alerts.map((alert) => {
    const { condition, metric, oldValue, newValue, oldAt, newAt, region, window } = alert;
    const change = signedPercent(percentChange(oldValue, newValue));
    const title = t(`alerts.told.${condition}`, {
      category: own(alert.categoryName ?? t("alerts.unnamed", { id: alert.categoryId })),
      metric: metric ? t(`metric.${metric}.label`) : "",
      value: condition.startsWith("crosses") ? words.figure(alert.value, metric) : exactNumber(alert.value, locale),
      change: change?.text ?? "",
    });
    const valued = (value: number | null) => {
      if (!PLACES.includes(condition)) return words.figure(value, metric);
      return value === null ? t("alerts.noPlace") : t("alerts.place", { value: exactNumber(value, locale) });
    };
    const on = (value: number | null, at: string) =>
      t("alerts.on", { value: valued(value), day: day(at, newAt, locale, timeZone) });
    const moved =
      condition === "older_than"
        ? t("alerts.ageDays", { count: newValue ?? 0 })
        : [...(oldAt === null ? [] : [on(oldValue, oldAt)]), on(newValue, newAt)].join(" → ");
    const rule = alert.ruleName ? [t("alerts.ofRule", { name: own(alert.ruleName) })] : [];
    return `${title}\n${[moved, words.region(region), words.window(window), ...rule].join(" · ")}`;
  });
}
