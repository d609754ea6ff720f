import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { type Freshness, readFreshness } from "@/lib/insights/read-freshness";
import { PRICE_CREDITS, type Region } from "@/lib/insights/schemas";
import { appNow } from "@/lib/platform/clock";
import type { Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import { type PlanItem, type PlanRanking, type PlanWanted, planRefresh, type RefreshPlan } from "./plan-refresh";
import { planSearch } from "./plan-search";
import { fetchRefreshFacts, type RefreshTarget } from "./refresh-facts";
import type { RefreshTargetInput, SavedSearch } from "./schemas";
import { fetchSearches, questionsOf } from "./search-rows";

/** What is known of everything that is to be renewed. */
type RefreshBasis = {
  targets: RefreshTarget[];
  /** By category: the team's own name, else the provider's. */
  names: ReadonlyMap<string, string | null>;
  facts: { items: PlanItem[]; rankings: PlanRanking[] };
  searches: SavedSearch[];
  /** All pages of the searches, one search after another. */
  pages: Freshness[];
};

export type PreparedRefresh = Pick<RefreshBasis, "targets" | "names" | "searches"> & {
  /** In the order of the targets. */
  items: PlanItem[];
  plan: RefreshPlan;
  credits: number;
  oneByOneCredits: number;
  /** The same if nothing stored were young enough. */
  anew: () => PreparedRefresh;
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
  return planned(await readBasis(ctx, target, maxAgeMinutes), maxCredits);
}

async function readBasis(ctx: TeamContext, target: RefreshTargetInput, maxAgeMinutes: number): Promise<RefreshBasis> {
  const basis = await withTeam(ctx, "tracking:read", async (tx) => {
    const { targets, names } = await fetchTargets(tx, ctx, target.watchlists);
    const searches = target.searches.length === 0 ? [] : await fetchSearches(tx, ctx, { id: { in: target.searches } });
    if (searches.length !== new Set(target.searches).size) throw notFound();
    const askedAt = await appNow(tx);
    const facts = await fetchRefreshFacts(tx, ctx.team, targets, { askedAt, maxAgeMinutes });
    return { targets, names, searches, facts };
  });
  return { ...basis, pages: await readFreshness(ctx, basis.searches.flatMap(questionsOf), maxAgeMinutes) };
}

const allDue = ({ facts, pages, ...basis }: RefreshBasis): RefreshBasis => ({
  ...basis,
  facts: {
    items: facts.items.map((item) => ({ ...item, state: "due" })),
    rankings: facts.rankings.map((ranking) => ({ ...ranking, known: new Set() })),
  },
  pages: pages.map((page) => ({ ...page, fresh: false })),
});

function planned(basis: RefreshBasis, maxCredits: number | undefined): PreparedRefresh {
  const { targets, names, facts, searches, pages } = basis;
  const budget = maxCredits === undefined ? Number.POSITIVE_INFINITY : Math.floor(maxCredits / PRICE_CREDITS);
  const plan = planRefresh(facts.items, facts.rankings, wantedPages(searches, pages), budget);
  return {
    targets,
    names,
    items: facts.items,
    searches,
    plan,
    credits: plan.requests.length * PRICE_CREDITS,
    oneByOneCredits: plan.oneByOne * PRICE_CREDITS,
    anew: () => planned(allDue(basis), maxCredits),
  };
}

/** The items of these lists, each once, in the order of the lists and of their items; and what they are called. */
async function fetchTargets(tx: Tx, ctx: TeamContext, ids: string[]): Promise<Pick<RefreshBasis, "targets" | "names">> {
  type Row = { list: string; region: Region; window: string; category: string | null; name: string | null };
  const rows = await tx.$queryRaw<Row[]>`
    select w.id as list, i.region, w."window", i.category_id as category, coalesce(n.name, c.name) as name
    from watchlist w left join watch_item i on i.team_id = w.team_id and i.watchlist_id = w.id
      left join category c on c.team_id = w.team_id and c.upstream = w.upstream and c.id = i.category_id
      left join category_name n on n.team_id = w.team_id and n.upstream = w.upstream and n.category_id = i.category_id
    where w.team_id = ${ctx.team.id}::uuid and w.id = any(${ids}::uuid[]) and w.upstream = ${ctx.team.upstream ?? ""}
      and (w.shared or w.member_id = ${ctx.member.id}::uuid) and w.deleted_at is null
    order by array_position(${ids}::uuid[], w.id), i.place, i.id`;
  if (new Set(rows.map(({ list }) => list)).size !== new Set(ids).size) throw notFound();
  const targets = new Map<string, RefreshTarget>();
  const names = new Map<string, string | null>();
  for (const { list, region, window, category, name } of rows) {
    const key = `${region} ${window} ${category}`;
    if (category === null || targets.has(key)) continue;
    targets.set(key, { region, window, category, watchlistId: list });
    names.set(category, name);
  }
  return { targets: [...targets.values()], names };
}

/** Pages of the searches that are not fresh, each once. */
function wantedPages(searches: readonly SavedSearch[], pages: readonly Freshness[]): PlanWanted[] {
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
