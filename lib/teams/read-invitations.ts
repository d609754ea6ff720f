import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { INVITATION_FIELDS, toInvitation } from "./invitation-rows";
import type { Invitation } from "./schemas";

const MOST = 200;

/** Invitations that nobody used or took back, newest first; those that expired say so. */
export async function readInvitations(ctx: TeamContext): Promise<Invitation[]> {
  return withTeam(ctx, "members:write", async (tx) => {
    const now = await appNow(tx);
    const rows = await tx.invitation.findMany({
      where: { teamId: ctx.team.id, acceptedAt: null, revokedAt: null },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: MOST,
      select: INVITATION_FIELDS,
    });
    return rows.map((row) => toInvitation(row, now));
  });
}
