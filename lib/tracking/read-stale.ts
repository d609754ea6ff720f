import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { prepareRefresh } from "./prepare-refresh";
import type { RefreshTargetInput } from "./schemas";

/** What of some lists and searches is not fresh, and what renewing it all costs now. */
export type Stale = {
  /** Those of which something is due; renewing these renews all. */
  target: RefreshTargetInput;
  credits: number;
};

/** By the team's own age. Only looks. @throws `not_found` as `readRefresh` */
export async function readStale(ctx: TeamContext, asked: RefreshTargetInput): Promise<Stale> {
  if (asked.watchlists.length + asked.searches.length === 0) return { target: asked, credits: 0 };
  const { freshnessMinutes: maxAgeMinutes } = ctx.team;
  const { targets, items, plan, credits } = await prepareRefresh(ctx, asked, { maxAgeMinutes });
  const due = new Set(targets.flatMap(({ watchlistId }, index) => (items[index]?.state === "due" ? watchlistId : [])));
  const asking = new Set(plan.requests.flatMap(({ searches }) => searches));
  return {
    target: {
      watchlists: asked.watchlists.filter((id) => due.has(id)),
      searches: asked.searches.filter((id) => asking.has(id)),
    },
    credits,
  };
}
