import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { TABLE_ROWS, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import type { Watchlist } from "./schemas";
import { fetchWatchlists, fetchWatchlistsPage } from "./watchlist-rows";

/** The lists that this member may see, newest first: the team-visible ones and their own private ones. */
export async function readWatchlists(ctx: TeamContext): Promise<{ items: Watchlist[] }> {
  return withTeam(ctx, "tracking:read", async (tx) => ({ items: await fetchWatchlists(tx, ctx) }));
}

/** One page of the same; `q` is looked for in names and notes. */
export async function readWatchlistsPage(
  ctx: TeamContext,
  look: TableLook,
  most = TABLE_ROWS,
): Promise<TablePage<Watchlist>> {
  return withTeam(ctx, "tracking:read", (tx) => fetchWatchlistsPage(tx, ctx, look, most));
}
