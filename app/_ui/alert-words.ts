import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { figureText } from "@/app/_ui/metric-columns";
import type { AlertCondition } from "@/lib/alerts/schemas";
import type { Metric } from "@/lib/insights/schemas";
import { day } from "@/lib/platform/format/date";
import { exactNumber, signedPercent } from "@/lib/platform/format/number";
import { percentChange } from "@/lib/platform/format/percent-change";

type Sentence = {
  condition: AlertCondition;
  metric: Metric | null;
  value: number | null;
  against: "previous" | "week" | null;
};
type About = {
  categoryId: string | null;
  categoryName: string | null;
  region: string | null;
  window: string | null;
  watchlistId: string | null;
  scopeName: string | null;
};
type Told = Sentence & {
  categoryId: string;
  categoryName: string | null;
  region: string;
  window: string;
  oldValue: number | null;
  newValue: number | null;
  oldAt: string | null;
  newAt: string;
  observations: number | null;
};

type Language = {
  t: ReturnType<typeof useTranslations<"alerts">>;
  metricWords: ReturnType<typeof useTranslations<"metric">>;
  labels: ReturnType<typeof useLabels>;
  locale: string;
};

/** Rules as sentences, and what they told, in the reader's language. */
export const useAlertWords = (now: Date, timeZone: string) =>
  alertWords(
    { t: useTranslations("alerts"), metricWords: useTranslations("metric"), labels: useLabels(), locale: useLocale() },
    now,
    timeZone,
  );

/** The same outside of components. */
export function alertWords({ t, metricWords, labels, locale }: Language, now: Date, timeZone: string) {
  const number = (value: number | null) => exactNumber(value, locale);
  const metricName = (metric: Metric | null) => (metric ? metricWords(`${metric}.label`) : "");
  const figure = ({ metric }: Sentence, value: number | null) =>
    metric ? figureText(value, metric, locale).text : number(value);
  const category = (id: string, name: string | null) => name ?? t("unnamed", { id });

  function what(about: About): string {
    const { categoryId, region, window } = about;
    if (categoryId !== null && region !== null && window !== null) {
      const place = labels.question({ region, window });
      return t("what.category", { name: category(categoryId, about.categoryName), place });
    }
    return t(about.watchlistId === null ? "what.search" : "what.list", { name: about.scopeName ?? "" });
  }

  const limit = (rule: Sentence) =>
    rule.condition === "crosses_up" || rule.condition === "crosses_down"
      ? figure(rule, rule.value)
      : number(rule.value);

  return {
    what,
    metricName,
    category,
    figure,
    /** "Popularity of any in list “Beauty” rises by 25 % against a week ago" */
    sentence: (rule: Sentence & About): string =>
      t(`rule.${rule.condition}`, {
        what: what(rule),
        metric: metricName(rule.metric),
        value: limit(rule),
        against: t(`against.${rule.against ?? "previous"}`),
      }),
    /** "Perfume: popularity up 27 %" */
    title: (told: Told): string => {
      const { oldValue, newValue } = told;
      const change = signedPercent(percentChange(oldValue, newValue));
      return t(`told.${told.condition}`, {
        category: category(told.categoryId, told.categoryName),
        metric: metricName(told.metric),
        value: limit(told),
        change: change?.text ?? "",
      });
    },
    /** Whose sentence it is, where its rule has a name. */
    ofRule: (ruleName: string): string[] => (ruleName === "" ? [] : [t("ofRule", { name: ruleName })]),
    /** What stood before and what stands now, each with its day. */
    facts: (told: Told): string[] => {
      const { condition, oldValue, newValue, oldAt, newAt, observations } = told;
      const on = (at: string) => day(at, now, locale, timeZone);
      const isPlace = condition === "enters_top" || condition === "leaves_top" || condition === "is_new";
      const text = (value: number | null) =>
        isPlace ? (value === null ? t("noPlace") : t("place", { value: number(value) })) : figure(told, value);
      const facts =
        condition === "older_than"
          ? [t("fetchedOn", { day: on(newAt) }), t("ageDays", { count: newValue ?? 0 })]
          : [
              ...(oldAt === null ? [] : [t("on", { value: text(oldValue), day: on(oldAt) })]),
              t("on", { value: text(newValue), day: on(newAt) }),
            ];
      return [
        facts.join(condition === "older_than" ? " · " : " → "),
        labels.question({ region: told.region, window: told.window }),
        ...(observations === null ? [] : [t("observations", { count: observations })]),
      ];
    },
  };
}
