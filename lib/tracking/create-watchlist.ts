import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { AppError } from "@/lib/platform/errors";
import type { CreateWatchlistInput, Watchlist } from "./schemas";
import { fetchWatchlist } from "./watchlist-rows";

/**
 * An empty watchlist of the team's upstream, team-visible unless told otherwise.
 * @throws `key_missing` while the team has neither key nor sandbox
 */
export async function createWatchlist(ctx: TeamContext, input: CreateWatchlistInput): Promise<Watchlist> {
  return withTeam(ctx, "tracking:write", async (tx) => {
    const { upstream } = ctx.team;
    if (!upstream) throw new AppError("key_missing");
    const now = await appNow(tx);
    const { id } = await tx.watchlist.create({
      data: { ...input, teamId: ctx.team.id, upstream, memberId: ctx.member.id, createdAt: now, updatedAt: now },
      select: { id: true },
    });
    await audit(tx, ctx, "watchlist.created", { watchlistId: id, shared: input.shared });
    return fetchWatchlist(tx, ctx, id);
  });
}
