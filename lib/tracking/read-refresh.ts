import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { type PreparedRefresh, prepareRefresh } from "./prepare-refresh";
import type { RefreshPlanView, RefreshTargetInput } from "./schemas";

/**
 * What renewing these lists and searches would cost now, request by request. Only looks. Ages are judged by the team's
 * setting unless told otherwise; `maxCredits` bounds the plan, which then says what it leaves.
 * @throws `not_found`, also for what is somebody else's private
 */
export async function readRefresh(
  ctx: TeamContext,
  target: RefreshTargetInput,
  { maxAgeMinutes = ctx.team.freshnessMinutes, maxCredits }: { maxAgeMinutes?: number; maxCredits?: number } = {},
): Promise<RefreshPlanView> {
  const prepared = await prepareRefresh(ctx, target, { maxAgeMinutes, maxCredits });
  return toView(prepared, await readNames(ctx, prepared));
}

/** By category: the team's own name, else the provider's. */
async function readNames(ctx: TeamContext, { targets }: PreparedRefresh): Promise<ReadonlyMap<string, string | null>> {
  const ids = [...new Set(targets.map(({ category }) => category))];
  if (ids.length === 0) return new Map();
  const rows = await withTeam(
    ctx,
    "tracking:read",
    (tx) => tx.$queryRaw<{ id: string; name: string | null }[]>`
      select c.id, coalesce(n.name, c.name) as name from category c
        left join category_name n on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
      where c.team_id = ${ctx.team.id}::uuid and c.upstream = ${ctx.team.upstream ?? ""} and c.id = any(${ids}::text[])`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function toView(prepared: PreparedRefresh, names: ReadonlyMap<string, string | null>): RefreshPlanView {
  const { plan, items, searches, credits, oneByOneCredits } = prepared;
  const searchNames = new Map(searches.map(({ id, name }) => [id, name]));
  const named = (index: number) => {
    const categoryId = items[index]?.category ?? "";
    return { categoryId, name: names.get(categoryId) ?? null };
  };
  const placed = (index: number) => {
    const { region = "all_regions", window = "" } = items[index] ?? {};
    return { region, window, ...named(index) } as const;
  };
  const inState = (state: (typeof items)[number]["state"]) =>
    items.flatMap((item, index) => (item.state === state ? [index] : []));
  return {
    credits,
    oneByOneCredits,
    requests: plan.requests.map(({ question, items: renewed, searches: asking, ifMissing }) => ({
      region: question.region,
      window: question.window,
      category: question.category ?? null,
      q: question.q ?? null,
      page: question.page,
      items: renewed.map(named),
      searches: asking.map((id) => ({ id, name: searchNames.get(id) ?? "" })),
      ifMissing,
    })),
    items: {
      total: items.length,
      fresh: inState("fresh").length,
      due: inState("due").length,
      absent: inState("absent").map(placed),
      left: plan.left.map(placed),
    },
  };
}
