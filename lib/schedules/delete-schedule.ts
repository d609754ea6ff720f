import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { lockSchedule } from "./internal";

/** Ends a schedule; what it renewed and what came of it stay. @throws `not_found` */
export async function deleteSchedule(ctx: TeamContext, id: string): Promise<void> {
  await withTeam(ctx, "schedules:write", async (tx) => {
    const now = await appNow(tx);
    await lockSchedule(tx, ctx, now, id);
    await tx.schedule.update({
      where: { teamId_id: { teamId: ctx.team.id, id } },
      data: { endedAt: now, updatedAt: now, version: { increment: 1 } },
    });
    await audit(tx, ctx, "schedule.deleted", { scheduleId: id });
  });
}
