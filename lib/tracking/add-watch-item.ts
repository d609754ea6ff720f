import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { invalid } from "@/lib/platform/errors";
import { type AddWatchItemInput, MAX_WATCH_ITEMS, type WatchItem } from "./schemas";
import { fetchWatchItem, lockWatchlist, placeItem } from "./watchlist-rows";

/**
 * Puts a category in a region on a list, at its end unless a place is named. Adding it twice is one item, which keeps
 * its note, tags and place (`isNew` is false then). @throws `not_found`; `invalid_request` when the list is full
 */
export async function addWatchItem(
  ctx: TeamContext,
  listId: string,
  input: AddWatchItemInput,
): Promise<WatchItem & { isNew: boolean }> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    await lockWatchlist(tx, ctx, listId);
    const { place, categoryId, region, ...marks } = input;
    const there = await tx.watchItem.findFirst({
      where: { teamId: ctx.team.id, watchlistId: listId, categoryId, region },
      select: { id: true },
    });
    if (there) return { ...(await fetchWatchItem(tx, ctx, listId, there.id)), isNew: false };
    const now = await tx.watchItem.aggregate({
      where: { teamId: ctx.team.id, watchlistId: listId },
      _count: true,
      _max: { place: true },
    });
    if (now._count >= MAX_WATCH_ITEMS) throw invalid("categoryId", "list_full");
    const { id } = await tx.watchItem.create({
      data: {
        ...marks,
        teamId: ctx.team.id,
        watchlistId: listId,
        categoryId,
        region,
        place: (now._max.place ?? 0) + 1,
        addedById: ctx.member.id,
        addedAt: await appNow(tx),
      },
      select: { id: true },
    });
    if (place !== undefined) await placeItem(tx, ctx, listId, id, place);
    await audit(tx, ctx, "watch_item.added", { watchlistId: listId, itemId: id, categoryId, region });
    return { ...(await fetchWatchItem(tx, ctx, listId, id)), isNew: true };
  });
}
