import "server-only";
import type { CsvColumn } from "@/lib/platform/csv";
import type { Tile } from "./category-tiles";
import type { Compared, ComparedSeries, Comparison } from "./compare-schemas";
import type { HistoryPoint } from "./history-schemas";
import { METRIC_DICTIONARY } from "./metric-dictionary";
import type { CategoryNow, Peer } from "./read-category-now";
import type { RecentAnswer } from "./read-recent-answers";
import type { RegionsOfCategory } from "./read-regions";
import { METRICS, type Metric } from "./schemas";

export const METRIC_KEYS: Record<Metric, string> = {
  posts: "posts",
  postsChangePct: "posts_change_pct",
  impressions: "impressions",
  ctrPct: "ctr_pct",
  cvrPct: "cvr_pct",
  sixSecondViewRatePct: "six_second_view_rate_pct",
  cost: "cost",
  cpa: "cpa",
  likes: "likes",
  comments: "comments",
  shares: "shares",
};

/** A figure's column, called by the dictionary's word and with its unit. */
export function metricColumn<Row>(metric: Metric, value: (row: Row) => number | null): CsvColumn<Row> {
  const unit = `metric.units.${METRIC_DICTIONARY[metric].unit}`;
  return {
    key: METRIC_KEYS[metric],
    words: (t) => t("csv.figure", { name: t(`metric.${metric}.label`), unit: t(unit) }),
    value,
  };
}

const keyOf = (metric: Compared) => (metric === "rank" ? "rank" : METRIC_KEYS[metric]);

/** What all rows of a table have in common, said in each of them. */
export type TableSource = { source: "live" | "sandbox" | null; region: string; window: string };

export const sourceColumns = ({ source, region, window }: TableSource) => [
  { key: "source", value: () => source },
  { key: "region", value: () => region },
  { key: "window", value: () => window },
];

type Named = { id: string; name: string | null };

/** A stored answer's figures of one category, with when and by which request they came. */
export const historyColumns = (
  { id, name }: Named,
  { source, region }: Pick<TableSource, "source" | "region">,
): readonly CsvColumn<HistoryPoint>[] => [
  { key: "fetched_at", value: ({ fetchedAt }) => fetchedAt },
  { key: "category_id", value: () => id },
  { key: "category", value: () => name },
  { key: "source", value: () => source },
  { key: "region", value: () => region },
  { key: "window", value: ({ window }) => window },
  { key: "rank", value: ({ rank }) => rank },
  ...METRICS.map((metric) => metricColumn<HistoryPoint>(metric, (point) => point[metric])),
  { key: "unfinished", value: ({ unfinished }) => (unfinished ? "yes" : "no") },
  { key: "not_updated", value: ({ notUpdated }) => (notUpdated ? "yes" : "no") },
  { key: "request_id", value: ({ receiptId }) => receiptId },
];

type ComparedLine = { series: ComparedSeries; point: ComparedSeries["points"][number] };

/** One line for each series and day, or month. */
export const linesOfComparison = ({ series }: Comparison): ComparedLine[] =>
  series.flatMap((one) => one.points.map((point) => ({ series: one, point })));

export const comparisonColumns = (
  { metric, window }: Pick<Comparison, "metric" | "window">,
  source: TableSource["source"],
): readonly CsvColumn<ComparedLine>[] => [
  { key: "date", value: ({ point }) => point.at },
  { key: "category_id", value: ({ series }) => series.categoryId },
  { key: "category", value: ({ series }) => series.name },
  { key: "source", value: () => source },
  { key: "region", value: ({ series }) => series.region },
  { key: "window", value: () => window },
  { key: "figure", value: () => keyOf(metric) },
  { key: "value", value: ({ point }) => point.value },
  { key: "index", value: ({ point }) => point.index },
  { key: "unfinished", value: ({ point }) => (point.unfinished ? "yes" : "no") },
  { key: "fetched_at", value: ({ point }) => point.fetchedAt },
  { key: "request_id", value: ({ point }) => point.receiptId },
];

type RegionLine = { region: string; found: RegionsOfCategory["items"][number] | null };

/** One line for each region that the team has anything of; without figures where nothing of the category is stored. */
export const linesOfRegions = ({ items, holes }: RegionsOfCategory): RegionLine[] =>
  [
    ...items.map((found) => ({ region: found.region, found })),
    ...holes.map((region) => ({ region, found: null })),
  ].sort((a, b) => a.region.localeCompare(b.region));

export const regionColumns = (
  { id, name }: Named,
  { metric, window }: { metric: Compared; window: string },
  source: TableSource["source"],
): readonly CsvColumn<RegionLine>[] => [
  { key: "region", value: ({ region }) => region },
  { key: "category_id", value: () => id },
  { key: "category", value: () => name },
  { key: "source", value: () => source },
  { key: "window", value: () => window },
  { key: "figure", value: () => keyOf(metric) },
  { key: "value", value: ({ found }) => found?.value ?? null },
  { key: "before", value: ({ found }) => found?.before?.value ?? null },
  { key: "fetched_at", value: ({ found }) => found?.fetchedAt ?? null },
  { key: "before_fetched_at", value: ({ found }) => found?.before?.fetchedAt ?? null },
  { key: "request_id", value: ({ found }) => found?.receiptId ?? null },
];

/** A category's figures as they are, with their change over a window or more and their place among the peers. */
export const tileColumns = (
  { id, name }: Named,
  { current, before, lastRank }: CategoryNow,
  { source, region }: Pick<TableSource, "source" | "region">,
): readonly CsvColumn<Tile>[] => {
  const sideOf = (side: typeof before, shown: Tile["shown"]) =>
    (shown === "rank" ? side?.rank : side?.figures[shown]) ?? null;
  /** The newest rank may be of an older answer than the figures. */
  const isOfCurrent = ({ shown }: Tile) => shown !== "rank" || lastRank?.fetchedAt === current?.fetchedAt;
  return [
    { key: "category_id", value: () => id },
    { key: "category", value: () => name },
    { key: "figure", value: ({ shown }) => keyOf(shown) },
    { key: "value", value: ({ value }) => value },
    { key: "before", value: ({ shown }) => sideOf(before, shown) },
    { key: "moved_by", value: ({ change }) => change },
    { key: "within_rounding", value: ({ withinRounding }) => (withinRounding ? "yes" : "no") },
    { key: "percentile", value: ({ percentile }) => percentile?.pct ?? null },
    { key: "percentile_of", value: ({ percentile, look }) => percentile && (look === "low" ? "higher" : "lower") },
    { key: "peers", value: ({ percentile }) => percentile?.of ?? null },
    { key: "source", value: () => source },
    { key: "region", value: () => region },
    { key: "window", value: () => current?.window ?? null },
    {
      key: "fetched_at",
      value: (tile) => (tile.shown === "rank" ? lastRank?.fetchedAt : current?.fetchedAt) ?? null,
    },
    { key: "before_fetched_at", value: () => before?.fetchedAt ?? null },
    { key: "request_id", value: (tile) => (isOfCurrent(tile) ? (current?.receiptId ?? null) : null) },
  ];
};

type Sibling = Pick<Peer, "id" | "name" | "rank" | "figures" | "window" | "fetchedAt" | "receiptId">;

/** The categories under one parent, each by its newest stored figures. */
export const siblingColumns = (
  parent: Named | undefined,
  { source, region }: Pick<TableSource, "source" | "region">,
): readonly CsvColumn<Sibling>[] => [
  { key: "category_id", value: ({ id }) => id },
  { key: "category", value: ({ name }) => name },
  { key: "level_2", value: () => parent?.name ?? null },
  { key: "rank", value: ({ rank }) => rank },
  ...METRICS.map((metric) => metricColumn<Sibling>(metric, ({ figures }) => figures[metric])),
  { key: "source", value: () => source },
  { key: "region", value: () => region },
  { key: "window", value: ({ window }) => window },
  { key: "fetched_at", value: ({ fetchedAt }) => fetchedAt },
  { key: "request_id", value: ({ receiptId }) => receiptId },
];

/** Stored answers, each the newest to its question. */
export const answerColumns = (source: TableSource["source"]): readonly CsvColumn<RecentAnswer>[] => [
  { key: "source", value: () => source },
  { key: "region", value: ({ query }) => query.region },
  { key: "window", value: ({ query }) => query.window },
  { key: "category_id", value: ({ query }) => query.category },
  { key: "category", value: ({ categoryName }) => categoryName },
  { key: "keyword", value: ({ query }) => query.q },
  { key: "page", value: ({ query }) => query.page },
  { key: "rows", value: ({ rowCount }) => rowCount },
  { key: "rows_total", value: ({ total }) => total },
  { key: "member", value: ({ boughtBy }) => boughtBy.name },
  { key: "fetched_at", value: ({ fetchedAt }) => fetchedAt },
  { key: "request_id", value: ({ receiptId }) => receiptId },
];
