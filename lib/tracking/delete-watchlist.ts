import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { endScheduleOf } from "./internal";
import { lockWatchlist } from "./watchlist-rows";

/** Takes a list out of sight. Its items stay with it, so that it can be had back whole. @throws `not_found` */
export async function deleteWatchlist(ctx: TeamContext, id: string): Promise<void> {
  await withTeam(ctx, "tracking:write", async (tx) => {
    await lockWatchlist(tx, ctx, id);
    await tx.watchlist.update({
      where: { teamId_id: { teamId: ctx.team.id, id } },
      data: { deletedAt: await appNow(tx), version: { increment: 1 } },
    });
    await endScheduleOf(tx, ctx.team.id, { watchlistId: id });
    await audit(tx, ctx, "watchlist.deleted", { watchlistId: id });
  });
}
