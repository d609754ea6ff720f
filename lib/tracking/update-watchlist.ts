import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { editedMeanwhile, invalid } from "@/lib/platform/errors";
import { refuseSpendingOfOthers } from "./refuse-spending-of-others";
import type { UpdateWatchlistInput, Watchlist } from "./schemas";
import { fetchWatchlist, lockWatchlist } from "./watchlist-rows";

/**
 * Changes what is named of a list. Only its maker can make it private: for anybody else it would vanish.
 * @throws `not_found`; `conflict` (`edited_meanwhile`) when the version named is not the present one
 */
export async function updateWatchlist(ctx: TeamContext, id: string, input: UpdateWatchlistInput): Promise<Watchlist> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    const { memberId, shared } = await lockWatchlist(tx, ctx, id);
    const { version, ...change } = input;
    if (change.shared === false && memberId !== ctx.member.id) throw invalid("shared", "private_only_maker");
    await refuseSpendingOfOthers(tx, ctx, id, { hides: change.shared === false && shared });
    const { count } = await tx.watchlist.updateMany({
      where: { teamId: ctx.team.id, id, ...(version === undefined ? {} : { version }) },
      data: { ...change, version: { increment: 1 }, updatedAt: await appNow(tx) },
    });
    if (count === 0) throw editedMeanwhile();
    await audit(tx, ctx, "watchlist.changed", { watchlistId: id, fields: Object.keys(change) });
    return fetchWatchlist(tx, ctx, id);
  });
}
