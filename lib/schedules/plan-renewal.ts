import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { readFreshness } from "@/lib/insights/read-freshness";
import { planSearch } from "@/lib/tracking/plan-search";
import { prepareRefresh } from "@/lib/tracking/prepare-refresh";
import { orderedQuestions } from "@/lib/tracking/refresh-requests";
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
  const { targets, items, plan, credits, oneByOneCredits } = await prepareRefresh(ctx, lists, { maxAgeMinutes });
  const count = (state: (typeof items)[number]["state"]) => items.filter((item) => item.state === state).length;
  return {
    kind: "watchlist",
    searchId: null,
    watchlistId,
    questions: orderedQuestions(plan, targets, false),
    items: { targets, renewed: count("fresh"), absent: count("absent") },
    maxCredits: Math.min(credits, oneByOneCredits),
  };
}
