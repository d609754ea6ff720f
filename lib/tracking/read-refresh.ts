import "server-only";
import type { TeamContext } from "@/lib/auth/context";
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
  return toView(await prepareRefresh(ctx, target, { maxAgeMinutes, maxCredits }));
}

/**
 * The same, and where all is fresh also what renewing it nevertheless would take: both from one look.
 * @throws `not_found`, also for what is somebody else's private
 */
export async function readRefreshOrAnew(
  ctx: TeamContext,
  target: RefreshTargetInput,
): Promise<{ plan: RefreshPlanView; anew: RefreshPlanView | null }> {
  const prepared = await prepareRefresh(ctx, target, { maxAgeMinutes: ctx.team.freshnessMinutes });
  const isAllFresh = prepared.plan.requests.length === 0;
  return { plan: toView(prepared), anew: isAllFresh ? toView(prepared.anew()) : null };
}

function toView(prepared: PreparedRefresh): RefreshPlanView {
  const { plan, items, names, searches, credits, oneByOneCredits } = prepared;
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
