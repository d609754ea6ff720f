import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchNewestRefresh } from "./internal";
import type { Run } from "./schemas";

/** The newest refresh of a list; without one, the newest of several at once. Null where there is none to see. */
export async function readRefreshRun(ctx: TeamContext, watchlistId: string | null): Promise<Run | null> {
  return withTeam(ctx, "tracking:read", (tx) => fetchNewestRefresh(tx, ctx, watchlistId));
}
