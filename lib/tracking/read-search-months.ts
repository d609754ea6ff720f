import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Ranking } from "@/lib/insights/assemble-ranking";
import { type HistoryPoint, historyInputSchema } from "@/lib/insights/history-schemas";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { type MonthlySeries, readMonthlySeries } from "@/lib/insights/read-monthly-series";
import { readRanking } from "@/lib/insights/read-ranking";
import { monthOfSearch } from "./backfill-months";
import type { Backfill } from "./backfill-schemas";
import { readSearchBackfill } from "./read-backfill";
import type { Asking } from "./search-rows";

/** What a search's past shows: of one category every figure, of a ranking its categories' popularity. */
export type SearchMonths = { backfill: Backfill; months: string[] } & (
  | { points: HistoryPoint[] }
  | { ranking: Ranking; series: ReadonlyMap<string, MonthlySeries> }
);

/** The past of a search by calendar months, as far as it is stored. Never spends. */
export async function readSearchMonths(ctx: TeamContext, search: Asking & { id: string }): Promise<SearchMonths> {
  const { region, category } = search;
  if (category) {
    const [backfill, { points }] = await Promise.all([
      readSearchBackfill(ctx, search.id),
      readCategoryHistory(ctx, category, historyInputSchema.parse({ region, window: "month" })),
    ]);
    return { backfill, months: points.map((point) => point.window), points };
  }
  const backfill = await readSearchBackfill(ctx, search.id);
  const stored = backfill.months.filter(({ storedPages, isEnd }) => storedPages > 0 && !isEnd);
  const months = stored.map(({ month }) => month).reverse();
  // Whose categories: those of the newest month that is over, else of the running one.
  const newest = stored.find(({ isRunning }) => !isRunning) ?? stored[0];
  const ranking = await readRanking(ctx, newest ? monthOfSearch(search)(newest.month) : []);
  const categoryIds = ranking.rows.flatMap((row) => row.categoryId ?? []);
  return { backfill, months, ranking, series: await readMonthlySeries(ctx, { region, months, categoryIds }) };
}
