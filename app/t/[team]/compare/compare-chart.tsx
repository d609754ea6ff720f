import { useLocale, useTranslations } from "next-intl";
import { compareLines, letterAt, seriesKey } from "@/app/_ui/charts/compare-lines";
import { LineChart } from "@/app/_ui/charts/line-chart";
import { useLabels } from "@/app/_ui/labels";
import { useShownWords } from "@/app/t/[team]/categories/[id]/shown-words";
import type { ComparedSeries, Comparison } from "@/lib/insights/compare-schemas";
import { dayOfNumber, monthOfNumber } from "@/lib/insights/day-points";
import { day } from "@/lib/platform/format/date";
import { listed, remarked } from "@/lib/platform/format/list";
import { indexText } from "./index-text";

type Props = {
  comparison: Comparison;
  scale: "absolute" | "index";
  nameOf: (series: ComparedSeries) => string;
  now: Date;
};

/** The course of one figure in several series, and what may be said of it: the base of an index, currencies, gaps. */
export function CompareChart({ comparison, scale, nameOf, now }: Props) {
  const t = useTranslations("compare");
  const locale = useLocale();
  const labels = useLabels();
  const words = useShownWords();
  const { series, metric, window, base } = comparison;
  const chart = compareLines(comparison, scale);
  if (!chart) return <p className="px-1 py-6 text-center text-text-2">{t("noValues")}</p>;
  const isMonth = window === "month";
  const names = new Map(series.map((one, index) => [seriesKey(one), { name: nameOf(one), letter: letterAt(index) }]));
  const several = series.length > 1;
  const placeText = (at: string) => (isMonth ? labels.window(at) : day(`${at}T12:00:00Z`, now, locale, "UTC"));
  const overRegions = new Set(series.map(({ region }) => region)).size > 1;
  const notes = [
    scale === "index" &&
      (base === null
        ? t(isMonth ? "ownBasesMonth" : "ownBases")
        : t(isMonth ? "baseMonth" : "base", { when: placeText(base) })),
    scale === "absolute" && overRegions && (metric === "cpa" || metric === "cost") && t("currency"),
    series.some(({ points }) => points.length === 0) &&
      t("without", {
        names: listed(series.filter(({ points }) => points.length === 0).map(nameOf), locale),
      }),
    t(isMonth ? "linesMonths" : "lines"),
  ];
  return (
    <>
      <LineChart
        chart={chart}
        label={t("chartOf", { figure: words.label(metric) })}
        figureOf={(value) => (scale === "index" ? indexText(value, locale) : words.value(value, metric).text)}
        markOf={(at) => placeText(isMonth ? monthOfNumber(at) : dayOfNumber(at))}
        {...(several
          ? { nameOf: (key) => names.get(key)?.name ?? key, letterOf: (key) => names.get(key)?.letter ?? "" }
          : {})}
      />
      <p className="mt-2 text-pretty text-text-3">{remarked(notes)}</p>
    </>
  );
}
