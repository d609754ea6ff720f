import "server-only";
import { isUnfinished } from "@/lib/insights/is-old";
import type { Freshness } from "@/lib/insights/read-freshness";
import type { Snapshot } from "@/lib/insights/schemas";
import { planSearch, type SearchPlan } from "./plan-search";

/** What is stored of one calendar month: its pages in order. */
export type MonthStock = { month: string; pages: readonly Freshness[] };

export type MonthPlan = SearchPlan & {
  month: string;
  /** The provider answered that it has nothing of this month, so it has nothing of older ones. */
  isEnd: boolean;
};

/**
 * Whether an answer says that the provider's past ends here: the first page of a closed month without a row. A month
 * that is running, or just over, may be empty because its figures are not out yet.
 */
export const hasNoMore = ({ rows, query, fetchedAt }: Pick<Snapshot, "rows" | "query" | "fetchedAt">): boolean =>
  rows.length === 0 && query.page === 1 && !isUnfinished({ window: query.window, fetchedAt });

/**
 * What a backfill asks of each month, newest first, from what is stored. What is fresh is not bought, a closed month
 * never again; behind a month that the provider had nothing of nothing is asked.
 */
export function planBackfill(stock: readonly MonthStock[]): MonthPlan[] {
  const months: MonthPlan[] = [];
  for (const { month, pages } of stock) {
    const isEnd = pages[0] !== undefined && isStoredEnd(month, pages[0]);
    months.push({ month, isEnd, ...planSearch(pages) });
    if (isEnd) break;
  }
  return months;
}

const isStoredEnd = (month: string, { fetchedAt, total }: Freshness) =>
  total === 0 && fetchedAt !== null && !isUnfinished({ window: month, fetchedAt: fetchedAt.toISOString() });
