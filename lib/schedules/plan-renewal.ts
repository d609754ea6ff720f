import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { readFreshness } from "@/lib/insights/read-freshness";
import { PRICE_CREDITS } from "@/lib/insights/schemas";
import { sha256Hex } from "@/lib/platform/crypto";
import type { OrderedQuestion } from "@/lib/tracking/ordered-question";
import { planSearch } from "@/lib/tracking/plan-search";
import { prepareRefresh } from "@/lib/tracking/prepare-refresh";
import { refreshOrder } from "@/lib/tracking/refresh-order";
import { fetchSearch, questionsOf } from "@/lib/tracking/search-rows";
import type { RunOrder } from "@/lib/tracking/start-run";

export type Renewed = { searchId: string | null; watchlistId: string | null };
export type Renewal = Pick<RunOrder, "kind" | "searchId" | "watchlistId" | "questions" | "items" | "maxCredits">;

/** What plans reckon with: its price, and which pages it asks. */
export const costOf = ({ maxCredits, questions }: Renewal) => ({
  priceCredits: maxCredits,
  // Those that are only asked where a page turns out not to hold what it should are no part of the price.
  pageKeys: questions.slice(0, maxCredits / PRICE_CREDITS).map(keyOf),
});

const keyOf = ({ region, window, category, q, page }: OrderedQuestion) =>
  sha256Hex(JSON.stringify([region, window, category ?? "", q ?? "", page])).slice(0, 16);

/**
 * What renewing a search or a list takes now, by the plans that a press on its own page follows. `maxCredits` is its
 * price. @throws `not_found` when it is not there for this member
 */
export async function planRenewal(
  ctx: TeamContext,
  { searchId, watchlistId }: Renewed,
  maxAgeMinutes: number,
): Promise<Renewal> {
  if (searchId !== null) {
    const search = await withTeam(ctx, "tracking:read", (tx) => fetchSearch(tx, ctx, searchId));
    const { questions, credits } = planSearch(await readFreshness(ctx, questionsOf(search), maxAgeMinutes));
    return { kind: "search", searchId, watchlistId: null, questions, maxCredits: credits };
  }
  const lists = { watchlists: watchlistId === null ? [] : [watchlistId], searches: [] };
  const prepared = await prepareRefresh(ctx, lists, { maxAgeMinutes });
  const { credits, oneByOneCredits } = prepared;
  return { ...refreshOrder(prepared, watchlistId), maxCredits: Math.min(credits, oneByOneCredits) };
}
