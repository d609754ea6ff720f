import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { letterAt, seriesKey } from "@/app/_ui/charts/compare-lines";
import { useLabels } from "@/app/_ui/labels";
import { Opened } from "@/app/_ui/opened";
import { ReceiptLink, receiptHref } from "@/app/_ui/receipt-link";
import { MOST_ON_PAPER, OnPaper } from "@/app/_ui/report/on-paper";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { TableAddress } from "@/app/_ui/table-address";
import { TablePages } from "@/app/_ui/table-pages";
import { useShownWords } from "@/app/t/[team]/categories/[id]/shown-words";
import type { ComparedSeries, Comparison } from "@/lib/insights/compare-schemas";
import { day, fullMoment } from "@/lib/platform/format/date";
import { MISSING } from "@/lib/platform/format/number";
import { tablePageOf } from "@/lib/platform/format/table-page";
import { type CompareAddress, compareHref } from "./address";
import { indexText } from "./index-text";

type Props = {
  slug: string;
  chosen: CompareAddress;
  comparison: Comparison;
  /** Where its pages are; null on paper, which has none. */
  table: TableAddress | null;
  nameOf: (series: ComparedSeries) => string;
  now: Date;
  timeZone: string;
};

const NEWEST = 31;

/** What the chart draws: a row for each day or month that something is stored of, newest first, each value with its receipt. */
export function CompareTable({ slug, chosen, comparison, table, nameOf, now, timeZone }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const words = useShownWords();
  const { series, metric, window } = comparison;
  const isMonth = window === "month";
  const byPlace = series.map(({ points }) => new Map(points.map((point) => [point.at, point])));
  const places = [...new Set(series.flatMap(({ points }) => points.map(({ at }) => at)))].sort().reverse();
  const page = table && chosen.allRows ? tablePageOf(places, { ...table.look, q: "" }, () => []) : null;
  const shown = page ? page.items : places.slice(0, table ? NEWEST : MOST_ON_PAPER);
  const placeText = (at: string) => (isMonth ? labels.window(at) : day(`${at}T12:00:00Z`, now, locale, "UTC"));
  return (
    <>
      <Opened slug={slug} receiptIds={series.flatMap(({ points }) => points.map(({ receiptId }) => receiptId))} />
      <ScrollRegion
        label={t("compare.tableScroll")}
        className="max-h-[32rem] overflow-auto print:max-h-none print:overflow-visible"
      >
        <table className="table answers" aria-label={t("compare.table")}>
          <thead>
            <tr>
              <th scope="col" className="l">
                {t(isMonth ? "window.months" : "compare.day")}
              </th>
              {series.map((one, index) => (
                <th key={seriesKey(one)} scope="col" className="whitespace-normal!">
                  {series.length > 1 && `${letterAt(index)} · `}
                  {nameOf(one)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((at) => (
              <tr key={at}>
                <th scope="row" className="l">
                  {placeText(at)}
                </th>
                {series.map((one, index) => {
                  const point = byPlace[index]?.get(at);
                  if (!point) {
                    return (
                      <td key={seriesKey(one)} className="text-text-3">
                        {MISSING}
                      </td>
                    );
                  }
                  const { text, exact } = words.value(point.value, metric);
                  return (
                    <td
                      key={seriesKey(one)}
                      title={[exact, t("compare.fetched", { when: fullMoment(point.fetchedAt, locale, timeZone) })]
                        .filter(Boolean)
                        .join(" · ")}
                    >
                      <ReceiptLink
                        href={receiptHref(slug, point.receiptId, point.place)}
                        what={`${nameOf(one)} · ${placeText(at)}`}
                      />
                      {text}
                      {point.unfinished && ` · ${t("category.unfinished")}`}
                      {chosen.scale === "index" && point.index !== null && (
                        <span className="block text-text-3 text-xs">
                          {t("compare.indexOf", { index: indexText(point.index, locale) })}
                        </span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {table && page && <TablePages address={table} shown={page} table={t("compare.table")} />}
      {!table && <OnPaper shown={shown.length} all={places.length} />}
      {table && !page && shown.length < places.length && (
        <p className="border-line border-t px-3 py-2 text-text-3 print:hidden">
          {t("compare.newestOf", { shown: shown.length, all: places.length })}{" "}
          <Link href={compareHref(slug, chosen, { allRows: true })} prefetch={false} scroll={false} className="link">
            {t("category.showAllAnswers")}
          </Link>
        </p>
      )}
    </>
  );
}
