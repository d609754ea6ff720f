import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { readFreshness } from "@/lib/insights/read-freshness";
import { PRICE_CREDITS, type Region } from "@/lib/insights/schemas";
import { appNow } from "@/lib/platform/clock";
import type { Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import { type PlanItem, type PlanWanted, planRefresh, type RefreshPlan } from "./plan-refresh";
import { planSearch } from "./plan-search";
import { fetchRefreshFacts, type RefreshTarget } from "./refresh-facts";
import type { RefreshTargetInput, SavedSearch } from "./schemas";
import { fetchSearches, questionsOf } from "./search-rows";

export type PreparedRefresh = {
  targets: RefreshTarget[];
  /** In the order of the targets. */
  items: PlanItem[];
  searches: SavedSearch[];
  plan: RefreshPlan;
  credits: number;
  oneByOneCredits: number;
};

/**
 * What renewing these lists and searches would take now. @throws `not_found` when one of them is not there for this
 * reader
 */
export async function prepareRefresh(
  ctx: TeamContext,
  target: RefreshTargetInput,
  { maxAgeMinutes, maxCredits }: { maxAgeMinutes: number; maxCredits?: number | undefined },
): Promise<PreparedRefresh> {
  const { targets, facts, searches } = await withTeam(ctx, "tracking:read", async (tx) => {
    const targets = await fetchTargets(tx, ctx, target.watchlists);
    const searches = target.searches.length === 0 ? [] : await fetchSearches(tx, ctx, { id: { in: target.searches } });
    if (searches.length !== new Set(target.searches).size) throw notFound();
    const askedAt = await appNow(tx);
    return { targets, searches, facts: await fetchRefreshFacts(tx, ctx.team, targets, { askedAt, maxAgeMinutes }) };
  });
  const wanted = await wantedPages(ctx, searches, maxAgeMinutes);
  const budget = maxCredits === undefined ? Number.POSITIVE_INFINITY : Math.floor(maxCredits / PRICE_CREDITS);
  const plan = planRefresh(facts.items, facts.rankings, wanted, budget);
  return {
    targets,
    items: facts.items,
    searches,
    plan,
    credits: plan.requests.length * PRICE_CREDITS,
    oneByOneCredits: plan.oneByOne * PRICE_CREDITS,
  };
}

/** The items of these lists, each once, in the order of the lists and of their items. */
async function fetchTargets(tx: Tx, ctx: TeamContext, ids: string[]): Promise<RefreshTarget[]> {
  const rows = await tx.$queryRaw<{ list: string; region: Region; window: string; category: string | null }[]>`
    select w.id as list, i.region, w."window", i.category_id as category
    from watchlist w left join watch_item i on i.team_id = w.team_id and i.watchlist_id = w.id
    where w.team_id = ${ctx.team.id}::uuid and w.id = any(${ids}::uuid[]) and w.upstream = ${ctx.team.upstream ?? ""}
      and (w.shared or w.member_id = ${ctx.member.id}::uuid) and w.deleted_at is null
    order by array_position(${ids}::uuid[], w.id), i.place, i.id`;
  if (new Set(rows.map(({ list }) => list)).size !== new Set(ids).size) throw notFound();
  const targets = new Map<string, RefreshTarget>();
  for (const { list, region, window, category } of rows) {
    const key = `${region} ${window} ${category}`;
    if (category === null || targets.has(key)) continue;
    targets.set(key, { region, window, category, watchlistId: list });
  }
  return [...targets.values()];
}

/** Pages of the searches that are not fresh, each once. */
async function wantedPages(ctx: TeamContext, searches: SavedSearch[], maxAgeMinutes: number): Promise<PlanWanted[]> {
  const pages = await readFreshness(ctx, searches.flatMap(questionsOf), maxAgeMinutes);
  const wanted = new Map<string, { question: PlanWanted["question"]; searches: string[] }>();
  let from = 0;
  for (const search of searches) {
    const { bought } = planSearch(pages.slice(from, from + search.pages));
    from += search.pages;
    for (const question of bought) {
      const key = JSON.stringify(question);
      const page = wanted.get(key) ?? { question, searches: [] };
      page.searches.push(search.id);
      wanted.set(key, page);
    }
  }
  return [...wanted.values()];
}
