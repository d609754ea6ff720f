import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { readFreshness } from "@/lib/insights/read-freshness";
import { planSearch } from "@/lib/tracking/plan-search";
import { prepareRefresh } from "@/lib/tracking/prepare-refresh";
import { refreshOrder } from "@/lib/tracking/refresh-order";
import { fetchSearch, questionsOf } from "@/lib/tracking/search-rows";
import type { RunOrder } from "@/lib/tracking/start-run";

export type Renewed = { searchId: string | null; watchlistId: string | null };
export type Renewal = Pick<RunOrder, "kind" | "searchId" | "watchlistId" | "questions" | "items" | "maxCredits">;

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
