import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { fetchSchedules } from "./internal";
import { pageOf } from "./read-schedules";
import type { SchedulePage } from "./schemas";

/** Lets all schedules of the team rest, or goes on with them: also those of what is somebody's alone. */
export async function pauseSchedules(ctx: TeamContext, paused: boolean): Promise<SchedulePage> {
  return withTeam(ctx, "limits:write", async (tx) => {
    const now = await appNow(tx);
    const { count } = await tx.schedule.updateMany({
      where: {
        teamId: ctx.team.id,
        upstream: ctx.team.upstream ?? "",
        endedAt: null,
        pausedAt: paused ? null : { not: null },
      },
      data: { pausedAt: paused ? now : null, updatedAt: now, version: { increment: 1 } },
    });
    if (count > 0) await audit(tx, ctx, paused ? "schedule.all_paused" : "schedule.all_resumed", { schedules: count });
    return pageOf(await fetchSchedules(tx, ctx, now));
  });
}
