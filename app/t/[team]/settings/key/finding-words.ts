import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { calendarMonth } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";
import type { SourceFinding } from "@/lib/tracking/source-check-schemas";

export type Tone = "assumed" | "other" | "found" | "unknown";

/** What Nichebook is built on; where nothing is assumed, a check just finds out. */
const ASSUMED: { [about in SourceFinding["about"]]: string | null } = {
  windows: "differ",
  region: "applied",
  rare: null,
  months: "answer",
  category: "filtered",
  level: null,
  nothing: null,
  paging: "goes_on",
  order: "popularity",
  figures: "complete",
};

/** Ignored is never what anybody wants, also where nothing is assumed. */
export function toneOf({ about, verdict }: SourceFinding): Tone {
  if (verdict === "unknown") return "unknown";
  if (ASSUMED[about] === verdict) return "assumed";
  return ASSUMED[about] === null && verdict !== "ignored" ? "found" : "other";
}

/** What a check has found, in the reader's language: what was looked at, and sentences about it. */
export function useFindingWords() {
  const t = useTranslations("sourceCheck");
  const metricWords = useTranslations("metric");
  const locale = useLocale();
  const labels = useLabels();
  const times = (value: number) => exactNumber(Number(value.toPrecision(2)), locale);
  const all = (total: number | null) => exactNumber(total, locale);

  function title(finding: SourceFinding): string {
    switch (finding.about) {
      case "region":
      case "rare":
        return t(`title_${finding.about}`, { region: labels.region(finding.region) });
      case "category":
      case "level":
        return t(`title_${finding.about}`, { category: finding.category });
      default:
        return t(`title_${finding.about}`);
    }
  }

  function sentences(finding: SourceFinding): string[] {
    const { verdict } = finding;
    if (verdict === "unknown") return [t("unknown"), ...monthsOf(finding)];
    if (verdict === "empty" || verdict === "no_data" || verdict === "unreadable" || verdict === "error") {
      return [t(verdict), ...chargeOf(finding)];
    }
    switch (finding.about) {
      case "windows":
        return [
          t(`windows.${finding.verdict as "differ"}`),
          ...(finding.dayTimes === null ? [] : [t("windows.dayTimes", { times: times(finding.dayTimes) })]),
          ...(finding.monthTimes === null ? [] : [t("windows.monthTimes", { times: times(finding.monthTimes) })]),
        ];
      case "region":
        return [t(`region.${finding.verdict as "applied"}`)];
      case "rare":
        return [t(`rare.${finding.verdict as "own"}`, { rows: finding.rows })];
      case "months":
        return [
          t(`months.${finding.verdict as "answer"}`, { month: monthBack(finding, finding.reach) }),
          ...(finding.verdict === "answer" && finding.beyond !== null
            ? [t("months.beyond", { month: monthBack(finding, finding.beyond) })]
            : []),
          ...monthsOf(finding),
        ];
      case "category":
        return [t(`category.${finding.verdict as "filtered"}`)];
      case "level":
        return [t(`level.${finding.verdict as "filtered"}`, { rows: finding.rows })];
      case "nothing":
        return [t(`nothing.${finding.verdict as "rows"}`), ...chargeOf(finding)];
      case "paging": {
        const { shared, second, total } = finding;
        return [t(`paging.${finding.verdict as "goes_on"}`, { shared, second, total: all(total) })];
      }
      case "order":
        return [t(`order.${finding.verdict as "other"}`, { outOfOrder: finding.outOfOrder, rows: finding.rows })];
      case "figures": {
        const names = finding.missing.map((metric) => metricWords(`${metric}.label`));
        const metrics = new Intl.ListFormat(locale, { type: "disjunction" }).format(names);
        return [t(`figures.${finding.verdict as "missing"}`, { metrics })];
      }
      default:
        throw new Error(`No words for what was found about ${finding satisfies never}`);
    }
  }

  type Months = Extract<SourceFinding, { about: "months" }>;
  function monthBack({ months }: Months, back: number | null): string {
    const found = months.find((month) => month.back === back);
    return found ? calendarMonth(found.month, locale) : "";
  }
  /** Each month that was asked for and what it brought. */
  function monthsOf(finding: SourceFinding): string[] {
    if (finding.about !== "months") return [];
    const each = finding.months.map(({ month, answer }) =>
      t(`month.${answer}`, { month: calendarMonth(month, locale) }),
    );
    return [each.join(" · ")];
  }
  function chargeOf(finding: SourceFinding): string[] {
    return finding.about === "nothing" && finding.charge ? [t(`ledger.${finding.charge}`)] : [];
  }

  /** Chinese has no blank between sentences. */
  const text = (finding: SourceFinding) => sentences(finding).join(locale === "zh-CN" ? "" : " ");

  return { title, text };
}
