import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { type Freshness, readFreshness } from "@/lib/insights/read-freshness";
import { TABLE_ROWS, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import { fetchNewestRuns } from "./internal";
import { planSearch } from "./plan-search";
import type { Run, SavedSearch, SearchState } from "./schemas";
import { fetchSearch, fetchSearches, fetchSearchesPage, questionsOf } from "./search-rows";

/** The searches that this reader may see, newest first, each with its last run and what a run would cost now. */
export async function readSearches(ctx: TeamContext): Promise<{ items: SearchState[] }> {
  return { items: await states(ctx, await withTeam(ctx, "tracking:read", (tx) => fetchSearches(tx, ctx))) };
}

/** One page of the same; `q` is looked for in names, tags, keywords and the names of categories. */
export async function readSearchesPage(
  ctx: TeamContext,
  look: TableLook,
  most = TABLE_ROWS,
): Promise<TablePage<SearchState>> {
  const page = await withTeam(ctx, "tracking:read", (tx) => fetchSearchesPage(tx, ctx, look, most));
  return { ...page, items: await states(ctx, page.items) };
}

/** One of them. @throws `not_found`, also for somebody else's private one */
export async function readSearch(ctx: TeamContext, id: string): Promise<SearchState> {
  const search = await withTeam(ctx, "tracking:read", (tx) => fetchSearch(tx, ctx, id));
  const [state] = await states(ctx, [search]);
  if (!state) throw new Error("A search that was just read has no state");
  return state;
}

/** One look at the store and one at the runs for all of them. */
async function states(ctx: TeamContext, searches: SavedSearch[]): Promise<SearchState[]> {
  const questions = searches.map(questionsOf);
  const [pages, runs] = await Promise.all([
    readFreshness(ctx, questions.flat(), ctx.team.freshnessMinutes),
    withTeam(ctx, "tracking:read", (tx) =>
      fetchNewestRuns(
        tx,
        ctx,
        searches.map(({ id }) => id),
      ),
    ),
  ]);
  const lastRun = new Map(runs.map((run) => [run.searchId, run]));
  let from = 0;
  return searches.map((search) => {
    const own = pages.slice(from, from + search.pages);
    from += search.pages;
    return toState(search, own, lastRun.get(search.id) ?? null);
  });
}

function toState(search: SavedSearch, pages: Freshness[], lastRun: Run | null): SearchState {
  const plan = planSearch(pages);
  const fetched = plan.stored.flatMap(({ fetchedAt }) => (fetchedAt ? [fetchedAt.toISOString()] : [])).sort();
  return {
    ...search,
    lastRun,
    runCredits: plan.credits,
    askedPages: plan.questions.length,
    storedPages: plan.stored.length,
    oldestFetchedAt: fetched[0] ?? null,
    newestFetchedAt: fetched.at(-1) ?? null,
  };
}
