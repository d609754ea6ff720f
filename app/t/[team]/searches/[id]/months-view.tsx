import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BackfillControls } from "@/app/_ui/backfill-controls";
import { EmptyState } from "@/app/_ui/empty-state";
import { MonthTable } from "@/app/_ui/month-table";
import type { SearchMonths } from "@/lib/tracking/read-search-months";
import { MonthRanking } from "./month-ranking";

type Props = {
  slug: string;
  searchId: string;
  past: SearchMonths;
  /** Of the search, in words. */
  name: string;
  ownNames: ReadonlyMap<string, string>;
  starOf: (categoryId: string | null, name: string) => ReactNode;
  canSpend: boolean;
  canStop: boolean;
  timeZone: string;
};

/** The calendar months of a search, joined, and the way to buy more of them. */
export function MonthsView({ slug, searchId, past, name, ownNames, starOf, canSpend, canStop, timeZone }: Props) {
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
          <MonthRanking
            rows={past.ranking.rows}
            months={months}
            series={past.series}
            ownNames={ownNames}
            starOf={starOf}
          />
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
