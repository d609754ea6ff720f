import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchUnread } from "./internal";
import type { MarkReadInput } from "./schemas";

/**
 * Marks the member's own notifications as read: those named, or all. Others' and unknown ones stay as they are. What
 * was read before keeps its moment. It is the member's own mark, so the team's audit does not hold it.
 * @returns how many are unread now, counted up to `MOST_COUNTED`.
 */
export async function markRead(ctx: TeamContext, input: MarkReadInput): Promise<{ unread: number }> {
  return withTeam(ctx, "notifications:write", async (tx) => {
    await tx.notification.updateMany({
      where: {
        teamId: ctx.team.id,
        memberId: ctx.member.id,
        readAt: null,
        ...(input.ids ? { id: { in: input.ids } } : {}),
      },
      data: { readAt: new Date() },
    });
    return { unread: await fetchUnread(tx, ctx) };
  });
}
