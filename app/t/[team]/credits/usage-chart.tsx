import { useLocale, useTranslations } from "next-intl";
import { BarsTable } from "@/app/_ui/charts/bars-table";
import { ChartLegend } from "@/app/_ui/charts/chart-legend";
import { StackedBars } from "@/app/_ui/charts/stacked-bars";
import { useLabels } from "@/app/_ui/labels";
import { type Bar, prepareStackedBars, SLOTS } from "@/lib/charts/prepare-stacked-bars";
import { OTHERS, type Usage } from "@/lib/credits/schemas";
import { day } from "@/lib/platform/format/date";
import { creditsHref, type Shown } from "./address";

type Props = { slug: string; shown: Shown; usage: Usage; now: Date };

const SCHEDULES = "schedules";
const FIXED = [
  { key: SCHEDULES, slot: SLOTS },
  { key: OTHERS, slot: SLOTS + 1 },
];
const TITLES = { day: "title", week: "titleWeek", month: "titleMonth" } as const;

/** Who spent what on which day: bars to look at, the same as a table to read, each day a way to its requests. */
export function UsageChart({ slug, shown, usage, now }: Props) {
  const t = useTranslations("usage.chart");
  const labels = useLabels();
  const locale = useLocale();
  const chart = prepareStackedBars({
    values: usage.days.map(({ day: date, series, spent }) => ({ day: date, series, value: spent })),
    from: usage.from,
    to: usage.to,
    today: usage.period.today,
    fixed: FIXED,
    order: usage.people.map(({ id }) => id),
  });
  const names = new Map([
    ...usage.people.map(({ id, name }) => [id, name] as const),
    [SCHEDULES, t("schedules")] as const,
    [OTHERS, t("others")] as const,
  ]);
  const nameOf = (key: string) => names.get(key) ?? key;
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
        <h2 id="usage-chart">{t(TITLES[chart.unit])}</h2>
        <ChartLegend series={chart.series} nameOf={nameOf} />
      </header>
      <StackedBars chart={chart} id="usage" labelOf={shortOf} tipOf={tipOf} hrefOf={hrefOf} />
      {chart.series.length === 0 && <p className="mt-1 text-text-2">{t("empty")}</p>}
      <BarsTable
        chart={chart}
        label={t(TITLES[chart.unit])}
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
