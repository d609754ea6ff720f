import "server-only";
import type { Ranking } from "@/lib/insights/assemble-ranking";
import { METRIC_KEYS, metricColumn, sourceColumns, type TableSource } from "@/lib/insights/csv-columns";
import { METRICS, type Metric, type NamedCategory, PAGE_SIZE, type RankingRow } from "@/lib/insights/schemas";
import type { CsvColumn } from "@/lib/platform/csv";
import type { FigureChange, RowChange } from "./compare-rankings";
import type { Movement, Movements } from "./movement-schemas";
import type { SearchChanges } from "./read-changes";
import type { SearchMonths } from "./read-search-months";
import type { SavedSearch, SearchState, Watchlist } from "./schemas";
import type { WatchViewItem } from "./watch-view";

export const SEARCH_COLUMNS: readonly CsvColumn<SearchState>[] = [
  { key: "search_id", value: ({ id }) => id },
  { key: "name", value: ({ name }) => name },
  { key: "region", value: ({ region }) => region },
  { key: "window", value: ({ window }) => window },
  { key: "category_id", value: ({ category }) => category },
  { key: "category", value: ({ categoryName }) => categoryName },
  { key: "keyword", value: ({ q }) => q },
  { key: "pages", value: ({ pages }) => pages },
  { key: "visible", value: ({ shared }) => (shared ? "team" : "private") },
  { key: "member", value: ({ maker }) => maker?.name ?? null },
  { key: "tags", value: ({ tags }) => tags.join(", ") },
  { key: "last_run_at", value: ({ lastRun }) => lastRun?.requestedAt ?? null },
  { key: "last_run_state", value: ({ lastRun }) => lastRun?.state ?? null },
  { key: "run_credits", value: ({ runCredits }) => runCredits },
  { key: "stored_pages", value: ({ storedPages }) => storedPages },
  { key: "oldest_fetched_at", value: ({ oldestFetchedAt }) => oldestFetchedAt },
];

export const LIST_COLUMNS: readonly CsvColumn<Watchlist>[] = [
  { key: "watchlist_id", value: ({ id }) => id },
  { key: "name", value: ({ name }) => name },
  { key: "window", value: ({ window }) => window },
  { key: "visible", value: ({ shared }) => (shared ? "team" : "private") },
  { key: "member", value: ({ maker }) => maker?.name ?? null },
  { key: "note", value: ({ notes }) => notes },
  { key: "items", value: ({ itemCount }) => itemCount },
  { key: "without_data", value: ({ withoutData }) => withoutData },
  { key: "oldest_fetched_at", value: ({ oldestFetchedAt }) => oldestFetchedAt },
];

export const NAME_COLUMNS: readonly CsvColumn<NamedCategory>[] = [
  { key: "category_id", value: ({ id }) => id },
  { key: "name", value: ({ name }) => name },
  { key: "aliases", value: ({ aliases }) => aliases.join(", ") },
  { key: "provider_name", value: ({ providerName }) => providerName },
];

type MonthLine = { categoryId: string; category: string | null; month: string; fetchedAt: string } & Pick<
  RankingRow,
  "posts" | "rank"
> &
  ({ receiptId: string } | { snapshotId: string });

/** One line for each category and stored month, oldest first, in the order of the ranking. */
export function linesOfMonths({ category, categoryName }: SavedSearch, past: SearchMonths): MonthLine[] {
  if ("points" in past) {
    const of = { categoryId: category ?? "", category: categoryName };
    return past.points.map(({ window: month, posts, rank, fetchedAt, receiptId }) => ({
      ...of,
      ...{ month, posts, rank, fetchedAt, receiptId },
    }));
  }
  return past.ranking.rows.flatMap(({ categoryId, path }) =>
    categoryId === null
      ? []
      : (past.series.get(categoryId) ?? []).map((point) => ({ categoryId, category: path.at(-1) ?? null, ...point })),
  );
}

export const monthColumns = (
  source: TableSource["source"],
  { region }: Pick<SavedSearch, "region">,
  /** By the answers that lines are of, where they do not say it themselves. */
  receipts: ReadonlyMap<string, string>,
): readonly CsvColumn<MonthLine>[] => [
  { key: "category_id", value: ({ categoryId }) => categoryId },
  { key: "category", value: ({ category }) => category },
  { key: "month", value: ({ month }) => month },
  metricColumn("posts", ({ posts }) => posts),
  { key: "rank", value: ({ rank }) => rank },
  { key: "source", value: () => source },
  { key: "region", value: () => region },
  { key: "fetched_at", value: ({ fetchedAt }) => fetchedAt },
  {
    key: "request_id",
    value: (line) => ("receiptId" in line ? line.receiptId : (receipts.get(line.snapshotId) ?? null)),
  },
];

/** A row of a ranking over several pages, with when and by which request its page came. */
export function rankingColumns({ pages, total }: Ranking, of: TableSource): readonly CsvColumn<RankingRow>[] {
  const pageOf = ({ position }: RankingRow) => pages.find(({ page }) => page === Math.ceil(position / PAGE_SIZE));
  return [
    { key: "position", value: ({ position }) => position },
    { key: "rank", value: ({ rank }) => rank },
    { key: "category_id", value: ({ categoryId }) => categoryId },
    { key: "level_1", value: ({ path }) => path[0] ?? null },
    { key: "level_2", value: ({ path }) => path[1] ?? null },
    { key: "category", value: ({ path }) => path[2] ?? null },
    ...METRICS.map((metric) => metricColumn<RankingRow>(metric, (row) => row[metric])),
    ...sourceColumns(of),
    { key: "rows_total", value: () => total },
    { key: "page", value: (row) => pageOf(row)?.page ?? null },
    { key: "fetched_at", value: (row) => pageOf(row)?.fetchedAt ?? null },
    { key: "request_id", value: (row) => pageOf(row)?.receiptId ?? null },
  ];
}

type ChangeLine = { change: RowChange; metric: Metric; figure: FigureChange };

/** One line for each category and figure. */
export const linesOfChanges = (changes: readonly RowChange[]): ChangeLine[] =>
  changes.flatMap((change) => METRICS.map((metric) => ({ change, metric, figure: change.figures[metric] })));

export const changeColumns = (
  { before, after, pages }: Pick<SearchChanges, "before" | "after" | "pages">,
  of: TableSource,
): readonly CsvColumn<ChangeLine>[] => {
  const pageOf = (row: RankingRow | null, all: Ranking["pages"]) =>
    row ? all.find(({ page }) => page === Math.ceil(row.position / PAGE_SIZE)) : undefined;
  const was = ({ change }: ChangeLine) => pageOf(change.before, pages.before);
  const is = ({ change }: ChangeLine) => pageOf(change.after, pages.after);
  return [
    { key: "category_id", value: ({ change }) => change.categoryId },
    { key: "category", value: ({ change }) => (change.after ?? change.before)?.path.at(-1) ?? null },
    { key: "change", value: ({ change }) => change.kind },
    { key: "position_before", value: ({ change }) => change.before?.position ?? null },
    { key: "position_after", value: ({ change }) => change.after?.position ?? null },
    { key: "moved", value: ({ change }) => change.moved },
    { key: "figure", value: ({ metric }) => METRIC_KEYS[metric] },
    { key: "before", value: ({ figure }) => figure.before },
    { key: "after", value: ({ figure }) => figure.after },
    { key: "difference", value: ({ figure }) => figure.difference },
    { key: "within_rounding", value: ({ figure }) => (figure.withinRounding ? "yes" : "no") },
    ...sourceColumns(of),
    { key: "before_fetched_at", value: (line) => was(line)?.fetchedAt ?? before?.fetchedTo ?? null },
    { key: "after_fetched_at", value: (line) => is(line)?.fetchedAt ?? after?.fetchedTo ?? null },
    { key: "before_request_id", value: (line) => was(line)?.receiptId ?? null },
    { key: "request_id", value: (line) => is(line)?.receiptId ?? null },
  ];
};

/** A movement with both answers that it was counted from; `moved_by` is in places, points or per cent as the figure is. */
export const movementColumns = (
  { metric, window }: Pick<Movements, "metric" | "window">,
  source: TableSource["source"],
): readonly CsvColumn<Movement>[] => [
  { key: "category_id", value: ({ categoryId }) => categoryId },
  { key: "category", value: ({ name }) => name },
  { key: "change", value: ({ kind }) => kind },
  { key: "figure", value: () => (metric === "rank" ? "rank" : METRIC_KEYS[metric]) },
  { key: "before", value: ({ before }) => before?.value ?? null },
  { key: "after", value: ({ after }) => after?.value ?? null },
  { key: "moved_by", value: ({ change }) => change },
  { key: "within_rounding", value: ({ withinRounding }) => (withinRounding ? "yes" : "no") },
  { key: "usual_move", value: ({ swing }) => swing?.middle ?? null },
  { key: "usual_swing", value: ({ swing }) => swing?.usual ?? null },
  { key: "times_usual", value: ({ times }) => times },
  { key: "differences", value: ({ swing }) => swing?.differences ?? null },
  { key: "overlap_days", value: ({ overlapDays }) => overlapDays ?? 0 },
  { key: "source", value: () => source },
  { key: "region", value: ({ region }) => region },
  { key: "window", value: () => window },
  { key: "before_fetched_at", value: ({ before }) => before?.fetchedAt ?? null },
  { key: "after_fetched_at", value: ({ after }) => after?.fetchedAt ?? null },
  { key: "before_request_id", value: ({ before }) => before?.receiptId ?? null },
  { key: "request_id", value: ({ after }) => after?.receiptId ?? null },
];

type Words = Parameters<NonNullable<CsvColumn<WatchViewItem>["words"]>>[0];

/** An item of a watchlist through one window: its current figures, and the same one whole window before. */
export const watchColumns = (window: string, source: TableSource["source"]): readonly CsvColumn<WatchViewItem>[] => {
  const before = ({ before: all }: WatchViewItem) => all.find(({ windows }) => windows === 1) ?? null;
  return [
    { key: "place", value: ({ place }) => place },
    { key: "category_id", value: ({ categoryId }) => categoryId },
    { key: "category", value: ({ name }) => name },
    { key: "provider_name", value: ({ name, providerName }) => providerName ?? name },
    { key: "level_1", value: ({ path }) => path[0] ?? null },
    { key: "level_2", value: ({ path }) => path[1] ?? null },
    { key: "source", value: () => source },
    { key: "region", value: ({ region }) => region },
    { key: "window", value: () => window },
    { key: "note", value: ({ note }) => note },
    { key: "tags", value: ({ tags }) => tags.join(", ") },
    { key: "last_rank", value: ({ lastRank }) => lastRank?.rank ?? null },
    { key: "last_rank_at", value: ({ lastRank }) => lastRank?.fetchedAt ?? null },
    ...METRICS.map((metric) => metricColumn<WatchViewItem>(metric, ({ current }) => current?.figures[metric] ?? null)),
    { key: "fetched_at", value: ({ current }) => current?.fetchedAt ?? null },
    { key: "request_id", value: ({ current }) => current?.receiptId ?? null },
    ...METRICS.map((metric) => {
      const { key, words, value } = metricColumn<WatchViewItem>(
        metric,
        (item) => before(item)?.figures[metric] ?? null,
      );
      return { key: `${key}_before`, value, words: (t: Words) => t("csv.before", { column: words?.(t) ?? key }) };
    }),
    { key: "before_fetched_at", value: (item) => before(item)?.fetchedAt ?? null },
  ];
};
