import { useLocale, useTranslations } from "next-intl";
import { BarsTable } from "@/app/_ui/charts/bars-table";
import { ChartFiles } from "@/app/_ui/charts/chart-files";
import { ChartLegend } from "@/app/_ui/charts/chart-legend";
import { StackedBars } from "@/app/_ui/charts/stacked-bars";
import { useLabels } from "@/app/_ui/labels";
import type { TableAddress } from "@/app/_ui/table-address";
import type { Bar } from "@/lib/charts/prepare-stacked-bars";
import type { Usage } from "@/lib/credits/schemas";
import { day } from "@/lib/platform/format/date";
import { creditsHref, type Shown, usagePictureHref } from "./address";
import { BARS_TITLES, barNames, usageBars } from "./usage-bars";

type Props = { slug: string; shown: Shown; usage: Usage; table: TableAddress; now: Date };

/** Who spent what on which day: bars to look at, the same as a table to read, each day a way to its requests. */
export function UsageChart({ slug, shown, usage, table, now }: Props) {
  const t = useTranslations("usage.chart");
  const labels = useLabels();
  const locale = useLocale();
  const chart = usageBars(usage);
  const nameOf = barNames(usage, { schedules: t("schedules"), others: t("others") });
  const dayOf = (date: string) => day(`${date}T12:00:00Z`, now, locale, "UTC");
  const spanOf = (bar: Bar) => (bar.from === bar.to ? dayOf(bar.from) : `${dayOf(bar.from)} – ${dayOf(bar.to)}`);
  const hrefOf = ({ from, to }: Bar) =>
    creditsHref(slug, { ...shown, cursor: undefined, filter: { ...shown.filter, from, to } }, "#ledger");
  const tipOf = (bar: Bar) =>
    [
      t("bar", { day: spanOf(bar), credits: bar.total > 0 ? labels.credits(bar.total) : t("none") }),
      ...[...bar.parts].reverse().map(({ key, value }) => `${nameOf(key)} ${value}`),
    ].join("\n");
  const isOneMonth = usage.from.slice(0, 7) === usage.to.slice(0, 7);
  /** "7" within one month; where a month begins also its name, with room after it. */
  const shortOf = (bar: Bar, index: number) => {
    if (chart.unit !== "day") return dayOf(bar.from);
    if (isOneMonth) return String(Number(bar.from.slice(8)));
    const begins = (date: string | undefined) => date?.endsWith("-01") || date === usage.from;
    if (begins(bar.from)) return dayOf(bar.from);
    return index < 2 || begins(chart.bars[index - 1]?.from) ? "" : String(Number(bar.from.slice(8)));
  };

  return (
    <section className="sheet min-w-0 px-3.5 pt-3 pb-3" aria-labelledby="usage-chart">
      <header className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id="usage-chart">{t(BARS_TITLES[chart.unit])}</h2>
        <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <ChartLegend series={chart.series} nameOf={nameOf} />
          {chart.series.length > 0 && (
            <ChartFiles
              href={usagePictureHref(slug, shown)}
              name={t(BARS_TITLES[chart.unit])}
              fileName={["nichebook", "credits", usage.from, usage.to].join("-")}
            />
          )}
        </span>
      </header>
      <StackedBars chart={chart} id="usage" labelOf={shortOf} tipOf={tipOf} hrefOf={hrefOf} />
      {chart.series.length === 0 && <p className="mt-1 text-text-2">{t("empty")}</p>}
      <BarsTable
        chart={chart}
        table={table}
        label={t(BARS_TITLES[chart.unit])}
        summary={t("asTable")}
        head={t(chart.unit)}
        totalHead={t("total")}
        todayMark={t("today")}
        nameOf={nameOf}
        spanOf={spanOf}
        hrefOf={hrefOf}
      />
    </section>
  );
}
