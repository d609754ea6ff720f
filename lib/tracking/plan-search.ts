import "server-only";
import type { Freshness } from "@/lib/insights/read-freshness";
import { PAGE_SIZE, PRICE_CREDITS, type Question } from "@/lib/insights/schemas";

export type SearchPlan = {
  /** What a run asks, in order; what is fresh serves for nothing. */
  questions: Question[];
  /** Those that have to be bought. */
  bought: Question[];
  credits: number;
  /** Of the pages asked. */
  stored: Freshness[];
};

/**
 * What a run of a search asks, from what is stored of its pages in order. Pages behind the end that the newest answer
 * tells are left out: they would be paid for nothing. Where the ranking has grown since, the next run sees it.
 */
export function planSearch(pages: readonly Freshness[]): SearchPlan {
  const newest = pages
    .filter(({ total, fetchedAt }) => total !== null && fetchedAt !== null)
    .sort((a, b) => Number(b.fetchedAt) - Number(a.fetchedAt))[0];
  const last = newest?.total == null ? pages.length : Math.max(1, Math.ceil(newest.total / PAGE_SIZE));
  const asked = pages.slice(0, last);
  const bought = asked.filter(({ fresh }) => !fresh).map(({ question }) => question);
  return {
    questions: asked.map(({ question }) => question),
    bought,
    credits: bought.length * PRICE_CREDITS,
    stored: asked.filter(({ fetchedAt }) => fetchedAt !== null),
  };
}
