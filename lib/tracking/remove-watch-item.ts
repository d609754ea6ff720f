import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchWatchItem, lockWatchlist } from "./watchlist-rows";

/** Takes an item off its list. What is stored of the category stays. @throws `not_found` */
export async function removeWatchItem(
  ctx: TeamContext,
  { listId, itemId }: { listId: string; itemId: string },
): Promise<void> {
  await withTeam(ctx, "tracking:write", async (tx) => {
    await lockWatchlist(tx, ctx, listId);
    const { categoryId, region } = await fetchWatchItem(tx, ctx, listId, itemId);
    await tx.watchItem.delete({ where: { teamId_id: { teamId: ctx.team.id, id: itemId } } });
    await audit(tx, ctx, "watch_item.removed", { watchlistId: listId, itemId, categoryId, region });
  });
}
