import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Language } from "@/lib/auth/schemas";
import { countTry } from "@/lib/auth/throttle";
import { appNow } from "@/lib/platform/clock";
import { assertMayGive, lockTeamAs } from "./internal";
import { fetchUnused, handOut, INVITATION_FIELDS, newTicket } from "./invitation-rows";
import type { InvitationLink } from "./schemas";

/**
 * A new link for an invitation, for seven days from now; the old one opens nothing any more.
 * @throws `not_found`; `conflict` (`invitation_used`, `invitation_revoked`); `too_many_requests`
 */
export async function resendInvitation(ctx: TeamContext, id: string, language: Language): Promise<InvitationLink> {
  await countTry({ action: "invite", email: ctx.team.id, address: ctx.address });
  return withTeam(ctx, "members:write", async (tx) => {
    const own = await lockTeamAs(tx, ctx, "members:write");
    const before = await fetchUnused(tx, ctx.team.id, id);
    assertMayGive(own, before.role);
    const { token, columns } = newTicket(await appNow(tx));
    const row = await tx.invitation.update({
      where: { teamId_id: { teamId: ctx.team.id, id } },
      data: columns,
      select: INVITATION_FIELDS,
    });
    await audit(tx, ctx, "invitation.sent_again", { invitationId: id, email: row.email });
    return handOut(tx, ctx, row, { token, language });
  });
}
