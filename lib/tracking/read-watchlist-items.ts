import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { WatchlistWithItems } from "./schemas";
import { fetchWatchlist, toWatchItem, WITH_ADDER } from "./watchlist-rows";

/** A list with all of its items in their order. @throws `not_found`, also for somebody else's private list */
export async function readWatchlistItems(ctx: TeamContext, id: string): Promise<WatchlistWithItems> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const list = await fetchWatchlist(tx, ctx, id);
    const items = await tx.watchItem.findMany({
      where: { teamId: ctx.team.id, watchlistId: id },
      orderBy: [{ place: "asc" }, { id: "asc" }],
      include: WITH_ADDER,
    });
    return { ...list, items: items.map(toWatchItem) };
  });
}
