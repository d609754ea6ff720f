import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { editedMeanwhile } from "@/lib/platform/errors";
import type { UpdateWatchItemInput, WatchItem } from "./schemas";
import { fetchWatchItem, lockWatchlist, placeItem } from "./watchlist-rows";

/**
 * Changes an item's note, tags or colour, or puts it at another place of its list.
 * @throws `not_found`; `conflict` (`edited_meanwhile`) when the version named is not the present one
 */
export async function updateWatchItem(
  ctx: TeamContext,
  { listId, itemId }: { listId: string; itemId: string },
  input: UpdateWatchItemInput,
): Promise<WatchItem> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    await lockWatchlist(tx, ctx, listId);
    await fetchWatchItem(tx, ctx, listId, itemId);
    const { place, version, ...marks } = input;
    if (Object.keys(marks).length > 0) {
      const { count } = await tx.watchItem.updateMany({
        where: { teamId: ctx.team.id, id: itemId, ...(version === undefined ? {} : { version }) },
        data: { ...marks, version: { increment: 1 } },
      });
      if (count === 0) throw editedMeanwhile();
    }
    if (place !== undefined) await placeItem(tx, ctx, listId, itemId, place);
    await audit(tx, ctx, "watch_item.changed", { watchlistId: listId, itemId, fields: Object.keys(input) });
    return fetchWatchItem(tx, ctx, listId, itemId);
  });
}
