import { useTranslations } from "next-intl";
import { categoryHref } from "@/app/_ui/category-href";
import { ComparePicked } from "@/app/_ui/compare-picks";
import { RankingSort } from "@/app/_ui/ranking-sort";
import { RankingTable } from "@/app/_ui/ranking-table";
import { receiptHref } from "@/app/_ui/receipt-link";
import type { TableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import type { Ranking } from "@/lib/insights/assemble-ranking";
import { PAGE_SIZE, type RankingRow } from "@/lib/insights/schemas";
import type { RankingView, SortKey } from "@/lib/insights/sort-rows";
import type { TablePage } from "@/lib/platform/format/table-page";
import type { Watched } from "@/lib/tracking/watch-view";

type Props = {
  slug: string;
  place: { region: string; window: string };
  ranking: Ranking;
  table: TableAddress;
  /** The rows of the page, in their order among all. */
  shown: TablePage<RankingRow>;
  view: RankingView;
  ownNames: ReadonlyMap<string, string>;
  watched: Watched | null;
  columns: readonly string[] | null;
};

/** The ranking over all stored pages of a search, a page of it at a time. */
export function SearchRanking(props: Props) {
  const { slug, place, ranking, table, shown, view, ownNames, watched, columns } = props;
  const t = useTranslations();
  const { rows, total, pages } = ranking;
  const { q } = table.look;
  const sortHref = (sort: SortKey, dir: "asc" | "desc") =>
    `${table.path}?${new URLSearchParams({ sort, dir, ...(q ? { q } : {}) })}`;
  const name = t("explore.table");
  const receipts = new Map(pages.map(({ page, receiptId }) => [page, receiptId]));

  return (
    <>
      <TableFind address={table} shown={shown} table={name} />
      <RankingSort view={view} sortHref={sortHref} />
      {shown.total === 0 ? (
        <NothingFound address={table} table={name} />
      ) : (
        <RankingTable
          rows={shown.items}
          all={rows}
          view={view}
          sortHref={sortHref}
          receiptOf={receiptOf}
          columns={columns}
          ownNames={ownNames}
          watch={{ slug, region: place.region, watched }}
          categoryHrefOf={(id) => categoryHref(slug, id, place)}
        />
      )}
      <TablePages address={table} shown={shown} table={name} />
      <footer className="num flex flex-wrap justify-between gap-x-4 gap-y-1.5 border-line border-t px-3 py-2 text-text-3">
        <span>
          {t("explore.currency")}
          {rows[0] && rows[0].rank === null && ` ${t("explore.rankNone")}`}
        </span>
        <ComparePicked slug={slug} window={place.window} />
        <span>
          {total === null
            ? t("searches.rowsUnknown", { rows: rows.length })
            : t("searches.rows", { rows: rows.length, total })}
        </span>
      </footer>
    </>
  );

  function receiptOf({ position }: RankingRow): string {
    const page = Math.ceil(position / PAGE_SIZE);
    return receiptHref(slug, receipts.get(page) ?? "", position - (page - 1) * PAGE_SIZE);
  }
}
