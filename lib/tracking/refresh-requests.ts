import "server-only";
import type { OrderedQuestion } from "./ordered-question";
import type { RefreshPlan } from "./plan-refresh";
import type { RefreshTarget } from "./refresh-facts";

/**
 * The questions of a plan in their order. With `named`, each says for which list it counts: the one with the most of its
 * items, the first chosen among equals. A page that a search needs counts for the search.
 */
export function orderedQuestions(
  { requests, leftWanted }: RefreshPlan,
  targets: readonly RefreshTarget[],
  named: boolean,
): OrderedQuestion[] {
  const planned = requests.map(({ question, items, searches }): OrderedQuestion => {
    const [searchId = null] = searches;
    return { ...question, searchId, watchlistId: named && !searchId ? mostOf(items, targets) : null };
  });
  // Pages of searches that the price does not reach stay in sight: the run ends there and says so.
  return [...planned, ...leftWanted.map(({ question, searches }) => ({ ...question, searchId: searches[0] ?? null }))];
}

function mostOf(items: readonly number[], targets: readonly RefreshTarget[]): string | null {
  const counts = new Map<string | null, number>();
  for (const index of items) {
    const list = targets[index]?.watchlistId ?? null;
    counts.set(list, (counts.get(list) ?? 0) + 1);
  }
  return [...counts].reduce<[string | null, number]>((top, one) => (one[1] > top[1] ? one : top), [null, 0])[0];
}
