import "server-only";
import type { PreparedRefresh } from "./prepare-refresh";
import { orderedQuestions } from "./refresh-requests";
import type { RunOrder } from "./start-run";

/** What a run by this plan asks and renews: for one list, or for several together when null. */
export function refreshOrder(
  { targets, items, plan }: PreparedRefresh,
  watchlistId: string | null,
): Pick<RunOrder, "kind" | "searchId" | "watchlistId" | "questions" | "items"> {
  const count = (state: (typeof items)[number]["state"]) => items.filter((item) => item.state === state).length;
  return {
    kind: "watchlist",
    searchId: null,
    watchlistId,
    questions: orderedQuestions(plan, targets, watchlistId === null),
    items: { targets, renewed: count("fresh"), absent: count("absent") },
  };
}
