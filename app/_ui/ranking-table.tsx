import { useLocale, useTranslations } from "next-intl";
import { prepareHeat } from "@/lib/charts/prepare-heat";
import { topCategoryName } from "@/lib/insights/category-names";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import type { RankingRow } from "@/lib/insights/schemas";
import type { RankingView, SortKey } from "@/lib/insights/sort-rows";
import { compactNumber, exactNumber } from "@/lib/platform/format/number";
import type { Watched } from "@/lib/tracking/watch-view";
import { useLabels } from "./labels";
import { FIGURES, figureText } from "./metric-columns";
import { RankingHead } from "./ranking-head";
import { type RankedColumns, type RankedRow, RankingRows } from "./ranking-rows";
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
  /** Where its rows are chosen for comparing, and watched: `watched` is null where that is not said. */
  watch?: { slug: string; region: string; watched: Watched | null };
  /** The figures that the reader wants to see; null for all. */
  columns: readonly string[] | null;
};

/** The ranking: one row a category. On a phone the same table reads as cards. */
export function RankingTable(props: Props) {
  const { view, sortHref, watch, columns } = props;
  const t = useTranslations();
  const rows = useRankedRows(props);
  const figures = FIGURES.filter(({ metric }) => columns?.includes(metric) ?? true);
  const head = (sort: SortKey, className?: string) => (
    <RankingHead key={sort} sort={sort} view={view} href={sortHref} {...(className ? { className } : {})} />
  );
  const shared: RankedColumns = {
    receipt: t("receipts.title"),
    posts: t("metric.posts.unit"),
    figures: figures.map(({ metric, more }) => ({ name: metric, label: t(`metric.${metric}.short`), more })),
  };
  const watching = watch?.watched ? { lists: watch.watched.lists, mayWatch: watch.watched.mayWatch } : null;

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
        <RankingRows
          slug={watch?.slug ?? ""}
          rowsJson={JSON.stringify(rows)}
          columnsJson={JSON.stringify(shared)}
          watching={watching}
        />
      </table>
    </ScrollRegion>
  );
}

/** The rows in the reader's words. */
function useRankedRows(props: Props): RankedRow[] {
  const { rows, all, receiptOf, ownNames, categoryHrefOf, watch, columns } = props;
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const tints = heatOf(all);
  const figures = FIGURES.filter(({ metric }) => columns?.includes(metric) ?? true);
  return rows.map((row) => {
    const { categoryId, position } = row;
    const ownName = ownNames?.get(categoryId ?? "") ?? null;
    const name = ownName ?? row.path.at(-1) ?? categoryId ?? t("explore.noCategory");
    // The team's own name first, with the provider's below and on hover.
    const providers = ownName === null ? null : (row.path.at(-1) ?? null);
    const above = row.path
      .slice(0, -1)
      .map((part, level) => (part && level === 0 ? topCategoryName(part, locale) : part))
      .filter((part) => part !== null);
    const chosen = watch && categoryId !== null && { categoryId, key: `${categoryId}/${watch.region}` };
    const spoken = watch ? `${name} · ${labels.region(watch.region)}` : name;
    return {
      id: position,
      place: row.rank ?? position,
      receipt: { href: receiptOf(row), label: t("receipts.linkOf", { what: name }) },
      name,
      isOwn: ownName !== null,
      href: categoryId === null ? null : (categoryHrefOf?.(categoryId) ?? null),
      path: [...above, providers].filter((part) => part !== null).join(" › "),
      hint: [...above, providers ?? name].join(" › "),
      pick: chosen ? { value: chosen.key, label: t("compare.pick", { name: spoken }) } : undefined,
      star: chosen
        ? {
            categoryId: chosen.categoryId,
            region: watch.region,
            name: spoken,
            places: watch.watched?.items[chosen.key] ?? [],
          }
        : undefined,
      posts: {
        text: compactNumber(row.posts, locale),
        exact: row.posts === null ? undefined : exactNumber(row.posts, locale),
      },
      changePct: row.postsChangePct,
      changeExact: row.postsChangePct === null ? undefined : `${exactNumber(row.postsChangePct, locale)}%`,
      figures: figures.map(({ metric }) => ({
        ...figureText(row[metric], metric, locale),
        tint: tints.get(metric)?.get(position)?.toFixed(2),
      })),
    };
  });
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
