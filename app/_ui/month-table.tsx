import { useLocale, useTranslations } from "next-intl";
import type { HistoryPoint } from "@/lib/insights/history-schemas";
import type { Metric } from "@/lib/insights/schemas";
import { calendarMonth } from "@/lib/platform/format/date";
import { MISSING } from "@/lib/platform/format/number";
import { Sparkline } from "./charts/sparkline";
import { figureText } from "./metric-columns";
import { Opened } from "./opened";
import { ReceiptLink, receiptHref } from "./receipt-link";
import { ScrollRegion } from "./scroll-region";

const SHOWN = ["posts", "impressions", "ctrPct", "cvrPct", "cpa"] as const satisfies readonly Metric[];

/** Months counted from year 0, so that a missing one is a gap. */
const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));

type Props = { slug: string; name: string; points: HistoryPoint[] };

/** A category's calendar months, newest first, with each figure's course over all of them. */
export function MonthTable({ slug, name, points }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  return (
    <ScrollRegion label={t("months.scroll", { name })} className="overflow-x-auto">
      <Opened slug={slug} receiptIds={points.map(({ receiptId }) => receiptId)} />
      <table className="table" aria-label={t("months.table", { name })}>
        <thead>
          <tr>
            <th scope="col" className="l month">
              {t("months.month")}
            </th>
            {SHOWN.map((metric) => (
              <th key={metric} scope="col">
                <span className="flex items-center justify-end gap-2">
                  <Sparkline
                    points={points.map((point) => ({ x: monthNumber(point.window), value: point[metric] }))}
                    maxGap={1}
                  />
                  {t(`metric.${metric}.label`)}
                </span>
              </th>
            ))}
            <th scope="col">{t("months.rank")}</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => {
            const month = calendarMonth(point.window, locale);
            return (
              <tr key={point.window}>
                <th scope="row" className="l month">
                  <ReceiptLink href={receiptHref(slug, point.receiptId, point.place)} what={`${name} · ${month}`} />
                  {month}
                  {point.unfinished && <span className="text-text-3"> · {t("months.soFar")}</span>}
                </th>
                {SHOWN.map((metric) => {
                  const { text, exact } = figureText(point[metric], metric, locale);
                  return (
                    <td key={metric} title={exact}>
                      {text}
                    </td>
                  );
                })}
                <td>{point.rank === null ? <span className="text-text-3">{MISSING}</span> : `#${point.rank}`}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
