import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Sparkline } from "@/app/_ui/charts/sparkline";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { MonthlySeries } from "@/lib/insights/read-monthly-series";
import type { RankingRow } from "@/lib/insights/schemas";
import { calendarMonth } from "@/lib/platform/format/date";
import { compactNumber, exactNumber, MISSING } from "@/lib/platform/format/number";

type Props = {
  /** Of the newest month that has ended. */
  rows: RankingRow[];
  /** Oldest first. */
  months: string[];
  series: ReadonlyMap<string, MonthlySeries>;
  ownNames: ReadonlyMap<string, string>;
  /** The star of a category, by its id and the name shown. */
  starOf: (categoryId: string | null, name: string) => ReactNode;
};

const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));

/** The categories of a ranking with their popularity in each stored month. */
export function MonthRanking({ rows, months, series, ownNames, starOf }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  return (
    <ScrollRegion label={t("months.rankingScroll")} className="overflow-x-auto">
      <table className="table ranking" aria-label={t("months.ranking")}>
        <thead>
          <tr>
            <th scope="col" className="rank">
              {t("metric.position.label")}
            </th>
            <th scope="col" className="cat">
              {t("metric.category.label")}
            </th>
            <th scope="col">{t("months.course")}</th>
            {months.toReversed().map((month) => (
              <th key={month} scope="col">
                {calendarMonth(month, locale)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const points = series.get(row.categoryId ?? "") ?? [];
            const name =
              ownNames.get(row.categoryId ?? "") ?? row.path.at(-1) ?? row.categoryId ?? t("explore.noCategory");
            const posts = new Map(points.map((point) => [point.month, point.posts]));
            return (
              <tr key={row.position}>
                <td className="rank">{row.position}</td>
                <th scope="row" className="cat">
                  <span className="name">
                    {starOf(row.categoryId, name)}
                    {name}
                  </span>
                </th>
                <td>
                  <Sparkline
                    points={points.map((point) => ({ x: monthNumber(point.month), value: point.posts }))}
                    maxGap={1}
                  />
                </td>
                {months.toReversed().map((month) => {
                  const value = posts.get(month) ?? null;
                  return value === null ? (
                    <td key={month} className="text-text-3">
                      {MISSING}
                    </td>
                  ) : (
                    <td key={month} title={exactNumber(value, locale)}>
                      {compactNumber(value, locale)}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
