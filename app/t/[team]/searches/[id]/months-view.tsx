import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BackfillControls } from "@/app/_ui/backfill-controls";
import { EmptyState } from "@/app/_ui/empty-state";
import { MonthTable } from "@/app/_ui/month-table";
import type { TableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import type { RankingRow } from "@/lib/insights/schemas";
import type { TablePage } from "@/lib/platform/format/table-page";
import type { SearchMonths } from "@/lib/tracking/read-search-months";
import { MonthRanking } from "./month-ranking";

type Props = {
  slug: string;
  searchId: string;
  past: SearchMonths;
  table: TableAddress;
  /** The rows of this page; null where it is about one category. */
  rows: TablePage<RankingRow> | null;
  /** Of the search, in words. */
  name: string;
  ownNames: ReadonlyMap<string, string>;
  starOf: (categoryId: string | null, name: string) => ReactNode;
  canSpend: boolean;
  canStop: boolean;
  timeZone: string;
};

/** The calendar months of a search, joined, and the way to buy more of them. */
export function MonthsView(props: Props) {
  const { slug, searchId, past, table, rows, name, ownNames, starOf, canSpend, canStop, timeZone } = props;
  const t = useTranslations("months");
  const { backfill, months } = past;
  return (
    <>
      <section aria-label={t("backfill")} className="sheet mb-2.5 p-3.5">
        <BackfillControls
          slug={slug}
          path={`/searches/${searchId}/backfill`}
          backfill={backfill}
          canSpend={canSpend}
          canStop={canStop}
          timeZone={timeZone}
        />
      </section>
      <div className="sheet">
        {months.length === 0 ? (
          <EmptyState title={t("emptyTitle")}>
            <p>{t("emptyText")}</p>
          </EmptyState>
        ) : "points" in past ? (
          <MonthTable slug={slug} name={name} points={past.points} />
        ) : (
          rows && (
            <>
              <TableFind address={table} shown={rows} table={t("ranking")} />
              {rows.total === 0 ? (
                <NothingFound address={table} table={t("ranking")} />
              ) : (
                <MonthRanking
                  rows={rows.items}
                  months={months}
                  series={past.series}
                  ownNames={ownNames}
                  starOf={starOf}
                />
              )}
              <TablePages address={table} shown={rows} table={t("ranking")} />
            </>
          )
        )}
        {months.length > 0 && (
          <footer className="border-line border-t px-3 py-2 text-text-3">
            {t("points" in past ? "legend" : "rankingLegend")}
          </footer>
        )}
      </div>
    </>
  );
}
