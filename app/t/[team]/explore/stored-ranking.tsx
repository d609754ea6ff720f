import Link from "next/link";
import { useTranslations } from "next-intl";
import { categoryHref } from "@/app/_ui/category-href";
import { ComparePicked } from "@/app/_ui/compare-picks";
import { EmptyState } from "@/app/_ui/empty-state";
import { useLabels } from "@/app/_ui/labels";
import { Opened } from "@/app/_ui/opened";
import { Pagination } from "@/app/_ui/pagination";
import { Provenance } from "@/app/_ui/provenance";
import { RankingSort } from "@/app/_ui/ranking-sort";
import { RankingTable } from "@/app/_ui/ranking-table";
import { receiptHref } from "@/app/_ui/receipt-link";
import { SaveTable } from "@/app/_ui/save-table";
import { SpendButton } from "@/app/_ui/spend-button";
import { isOld } from "@/lib/insights/is-old";
import type { StoredPage } from "@/lib/insights/read-stored-pages";
import { MAX_PAGE, PAGE_SIZE, PRICE_CREDITS, type Question, type Snapshot } from "@/lib/insights/schemas";
import { type RankingView, type SortKey, sortRows } from "@/lib/insights/sort-rows";
import type { Watched } from "@/lib/tracking/watch-view";
import { exploreHref, pagesOf, rankingFileHref } from "./address";
import { ViewTabs } from "./view-tabs";

type Props = {
  slug: string;
  question: Question;
  snapshot: Snapshot;
  storedPages: StoredPage[];
  view: RankingView;
  /** What of the view stands in the address. */
  chosen: Partial<RankingView>;
  now: Date;
  timeZone: string;
  freshnessMinutes: number;
  canSpend: boolean;
  /** The team's own names, by category. */
  ownNames: ReadonlyMap<string, string>;
  /** What is watched of these rows; null where there are none. */
  watched: Watched | null;
  /** The figures that the reader wants to see; null for all. */
  columns: readonly string[] | null;
};

/** A stored page of a ranking, with where it comes from and what a new one would cost. */
export function StoredRanking(props: Props) {
  const { slug, question, snapshot, storedPages, view, chosen, now, timeZone, freshnessMinutes, canSpend } = props;
  const { ownNames, watched, columns } = props;
  const t = useTranslations("explore");
  const labels = useLabels();
  const { rows, total, hasMore } = snapshot;
  const shown = sortRows(rows, view);
  const sortHref = (sort: SortKey, dir: "asc" | "desc") =>
    exploreHref(slug, { question, view: { preset: view.preset, sort, dir } });
  const pages = total === null ? null : pagesOf(total);
  const from = rows[0]?.position ?? 0;
  const to = rows.at(-1)?.position ?? 0;
  const old = isOld({ window: question.window, fetchedAt: snapshot.fetchedAt }, freshnessMinutes, now);

  return (
    <>
      <Opened slug={slug} receiptIds={[snapshot.receipt.id]} />
      <Provenance
        snapshot={snapshot}
        slug={slug}
        now={now}
        timeZone={timeZone}
        staleAfterMinutes={old ? freshnessMinutes : null}
      >
        <SpendButton
          slug={slug}
          label={t("refresh", { price: labels.credits(PRICE_CREDITS) })}
          priceCredits={PRICE_CREDITS}
          question={question}
          maxAgeMinutes={0}
          canSpend={canSpend}
          timeZone={timeZone}
          className="max-sm:w-full"
        />
      </Provenance>
      {rows.length > 0 && (
        <ViewTabs slug={slug} question={question} view={view} shown={shown.length} rows={rows.length} total={total} />
      )}
      <div className="sheet @container/sheet">
        {rows.length === 0 ? (
          <EmptyState title={t("noRowsTitle")}>
            <p>{t("noRowsText")}</p>
          </EmptyState>
        ) : shown.length === 0 ? (
          <EmptyState
            title={t("noMatchTitle")}
            action={
              <Link href={exploreHref(slug, { question })} prefetch={false} scroll={false} className="btn">
                {t("showAll")}
              </Link>
            }
          >
            <p>{t("noMatchText", { rows: rows.length })}</p>
          </EmptyState>
        ) : (
          <>
            <RankingSort view={view} sortHref={sortHref} />
            <RankingTable
              rows={shown}
              all={rows}
              view={view}
              sortHref={sortHref}
              receiptOf={({ position }) =>
                receiptHref(slug, snapshot.receipt.id, position - (snapshot.query.page - 1) * PAGE_SIZE)
              }
              ownNames={ownNames}
              columns={columns}
              categoryHrefOf={(id) => categoryHref(slug, id, question)}
              watch={{ slug, region: question.region, watched }}
            />
          </>
        )}
        <footer className="num flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-line border-t px-3 py-2 text-text-3">
          <span>
            {t("currency")}
            {rows[0] && rows[0].rank === null && ` ${t("rankNone")}`}
          </span>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {rows.length > 0 && (
              <span className="flex flex-wrap items-center">
                <ComparePicked slug={slug} window={question.window} />
                <SaveTable href={rankingFileHref(slug, question)} name={t("table")} />
              </span>
            )}
            {rows.length > 0 && (
              <span>
                {total === null ? t("rowsShownUnknown", { from, to }) : t("rowsShown", { from, to, total })}
                {" · "}
                {t("storedPages", { count: storedPages.length })}
              </span>
            )}
            <Pagination
              page={question.page}
              pages={pages}
              stored={new Set(storedPages.map((stored) => stored.page))}
              href={(page) => exploreHref(slug, { question: { ...question, page }, view: chosen })}
              hasNext={question.page < (pages ?? MAX_PAGE) && hasMore !== false}
            />
          </div>
        </footer>
      </div>
    </>
  );
}
