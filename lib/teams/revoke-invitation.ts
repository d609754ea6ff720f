import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { lockTeamAs } from "./internal";
import { fetchUnused } from "./invitation-rows";

/** Takes an invitation back: its link opens nothing any more. @throws `not_found`; `conflict` when it was used */
export async function revokeInvitation(ctx: TeamContext, id: string): Promise<void> {
  await withTeam(ctx, "members:write", async (tx) => {
    await lockTeamAs(tx, ctx, "members:write");
    const { email } = await fetchUnused(tx, ctx.team.id, id);
    await tx.invitation.update({
      where: { teamId_id: { teamId: ctx.team.id, id } },
      data: { revokedAt: await appNow(tx) },
    });
    await audit(tx, ctx, "invitation.revoked", { invitationId: id, email });
  });
}
