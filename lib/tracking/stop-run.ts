import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { AppError } from "@/lib/platform/errors";
import { fetchRun } from "./internal";
import type { Run } from "./schemas";

const ADMINS = ["admin", "owner"];

/**
 * Stops a run before its next request; the one under way is waited for, for it may be charged. Stopping an ended run
 * changes nothing. @throws `not_found`; `forbidden` for anybody but the one who started it and admins.
 */
export async function stopRun(ctx: TeamContext, id: string): Promise<Run> {
  return withTeam(ctx, "insights:buy", async (tx) => {
    const run = await fetchRun(tx, ctx, id);
    if (run.member.id !== ctx.member.id && !ADMINS.includes(ctx.member.role)) {
      throw new AppError("forbidden", { reason: "run_of_another" });
    }
    await tx.$executeRaw`
      update run set stop_requested_at = coalesce(stop_requested_at, app_now()),
        state = case when state = 'queued' then 'stopped' else state end,
        finished_at = case when state = 'queued' then app_now() else finished_at end
      where team_id = ${ctx.team.id}::uuid and id = ${id}::uuid and state in ('queued', 'running')`;
    return fetchRun(tx, ctx, id);
  });
}
