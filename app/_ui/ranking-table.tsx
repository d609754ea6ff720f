import { useLocale, useTranslations } from "next-intl";
import type { CSSProperties, ReactNode } from "react";
import { prepareHeat } from "@/lib/charts/prepare-heat";
import { topCategoryName } from "@/lib/insights/category-names";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import type { RankingRow } from "@/lib/insights/schemas";
import type { RankingView, SortKey } from "@/lib/insights/sort-rows";
import { compactNumber, exactNumber } from "@/lib/platform/format/number";
import { CategoryName } from "./category-name";
import { Change } from "./change";
import { FIGURES, figureText } from "./metric-columns";
import { RankingHead } from "./ranking-head";
import { ReceiptLink } from "./receipt-link";
import { ScrollRegion } from "./scroll-region";

type Props = {
  /** In the order in which they stand. */
  rows: RankingRow[];
  /** Every row of the page, also those that the view leaves out: tints compare with all of them. */
  all: RankingRow[];
  view: RankingView;
  sortHref: (sort: SortKey, dir: "asc" | "desc") => string;
  /** Where a row's figures come from. */
  receiptOf: (row: RankingRow) => string;
  /** The team's own names, by category. */
  ownNames?: ReadonlyMap<string, string>;
  /** Where a category's own page is; left out where there is none. */
  categoryHrefOf?: (categoryId: string) => string;
  /** Whether a row's category is watched; left out where nobody can watch. */
  starOf?: (row: RankingRow, name: string) => ReactNode;
  /** The figures that the reader wants to see; null for all. */
  columns: readonly string[] | null;
};

/** The ranking: one row a category. On a phone the same table reads as cards. */
export function RankingTable(props: Props) {
  const { rows, all, view, sortHref, receiptOf, ownNames, categoryHrefOf, starOf, columns } = props;
  const t = useTranslations();
  const locale = useLocale();
  const tints = heatOf(all);
  const figures = FIGURES.filter(({ metric }) => columns?.includes(metric) ?? true);
  const nameOf = (row: RankingRow) =>
    ownNames?.get(row.categoryId ?? "") ?? row.path.at(-1) ?? row.categoryId ?? t("explore.noCategory");
  const head = (sort: SortKey, className?: string) => (
    <RankingHead key={sort} sort={sort} view={view} href={sortHref} {...(className ? { className } : {})} />
  );

  return (
    <ScrollRegion label={t("explore.scroll")}>
      <table className="table ranking cards" aria-label={t("explore.table")}>
        <thead>
          <tr>
            {head("position", "rank")}
            {head("category", "cat")}
            {head("posts")}
            {head("postsChangePct")}
            {figures.map(({ metric }) => head(metric))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.position}>
              <td className="rank">
                <ReceiptLink href={receiptOf(row)} what={nameOf(row)} />
                {row.rank ?? row.position}
              </td>
              <CategoryCell
                row={row}
                locale={locale}
                name={nameOf(row)}
                ownName={ownNames?.get(row.categoryId ?? "") ?? null}
                href={row.categoryId === null ? null : (categoryHrefOf?.(row.categoryId) ?? null)}
              >
                {starOf?.(row, nameOf(row))}
              </CategoryCell>
              <td
                className="posts"
                title={row.posts === null ? undefined : exactNumber(row.posts, locale)}
                data-unit={row.posts === null ? undefined : t("metric.posts.unit")}
              >
                {compactNumber(row.posts, locale)}
              </td>
              <td
                className="change"
                title={row.postsChangePct === null ? undefined : `${exactNumber(row.postsChangePct, locale)}%`}
              >
                <Change pct={row.postsChangePct} />
              </td>
              {figures.map((figure) => {
                const { text, exact } = figureText(row[figure.metric], figure.metric, locale);
                const tint = tints.get(figure.metric)?.get(row.position) ?? null;
                return (
                  <td
                    key={figure.metric}
                    className={`figure${figure.more ? " more" : ""}${tint === null ? "" : " heat"}`}
                    style={tint === null ? undefined : ({ "--v": tint.toFixed(2) } as CSSProperties)}
                    title={exact}
                    data-label={t(`metric.${figure.metric}.short`)}
                  >
                    {exact === undefined ? <span className="text-text-3">{text}</span> : text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

type CellProps = {
  row: RankingRow;
  locale: string;
  name: string;
  ownName: string | null;
  href: string | null;
  children: ReactNode;
};

/** The team's own name first, with the provider's below and on hover. */
function CategoryCell({ row, locale, name, ownName, href, children }: CellProps) {
  const providers = ownName === null ? null : (row.path.at(-1) ?? null);
  const above = row.path
    .slice(0, -1)
    .map((part, level) => (part && level === 0 ? topCategoryName(part, locale) : part))
    .filter((part) => part !== null);
  const path = [...above, providers].filter((part) => part !== null).join(" › ");
  return (
    <th scope="row" className="cat" title={[...above, providers ?? name].join(" › ")}>
      <span className="flex items-center gap-1">
        <span className="min-w-0 grow">
          <span className="name" lang={ownName === null ? "en" : undefined}>
            <CategoryName name={name} href={href} />
          </span>
          <span className="path">{path}</span>
        </span>
        {children}
      </span>
    </th>
  );
}

function heatOf(rows: RankingRow[]): Map<string, Map<number, number | null>> {
  return new Map(
    FIGURES.flatMap(({ metric }) => {
      const { better } = METRIC_DICTIONARY[metric];
      if (!better) return [];
      const tints = prepareHeat(
        rows.map((row) => row[metric]),
        better,
      );
      return [[metric, new Map(rows.map((row, index) => [row.position, tints[index] ?? null]))] as const];
    }),
  );
}
