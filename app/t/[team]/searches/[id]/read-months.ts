import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { readMonthlySeries } from "@/lib/insights/read-monthly-series";
import { readRanking } from "@/lib/insights/read-ranking";
import { monthOfSearch } from "@/lib/tracking/backfill-months";
import { readSearchBackfill } from "@/lib/tracking/read-backfill";
import type { SavedSearch } from "@/lib/tracking/schemas";
import type { SearchMonths } from "./months-view";

/** The past of a search by calendar months, as far as it is stored. Never spends. */
export async function readMonths(ctx: TeamContext, search: SavedSearch): Promise<SearchMonths> {
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
