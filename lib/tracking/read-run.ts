import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchRun } from "./internal";
import type { Run } from "./schemas";

/** How a run stands. @throws `not_found`, also for the run of somebody else's private search or list. */
export async function readRun(ctx: TeamContext, id: string): Promise<Run> {
  return withTeam(ctx, "insights:read", (tx) => fetchRun(tx, ctx, id));
}
