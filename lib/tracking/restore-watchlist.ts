import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Watchlist } from "./schemas";
import { visibleTo } from "./visible-to";
import { fetchWatchlist } from "./watchlist-rows";

/** Has a deleted list back as it was. One that is there stays as it is. @throws `not_found` */
export async function restoreWatchlist(ctx: TeamContext, id: string): Promise<Watchlist> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    const { count } = await tx.watchlist.updateMany({
      where: {
        teamId: ctx.team.id,
        id,
        upstream: ctx.team.upstream ?? "",
        ...visibleTo(ctx),
        deletedAt: { not: null },
      },
      data: { deletedAt: null, version: { increment: 1 } },
    });
    if (count > 0) await audit(tx, ctx, "watchlist.restored", { watchlistId: id });
    return fetchWatchlist(tx, ctx, id);
  });
}
