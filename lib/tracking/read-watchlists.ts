import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Watchlist } from "./schemas";
import { fetchWatchlists } from "./watchlist-rows";

/** The lists that this member may see, newest first: the team-visible ones and their own private ones. */
export async function readWatchlists(ctx: TeamContext): Promise<{ items: Watchlist[] }> {
  return withTeam(ctx, "tracking:read", async (tx) => ({ items: await fetchWatchlists(tx, ctx) }));
}
