import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Language } from "@/lib/auth/schemas";
import { countTry } from "@/lib/auth/throttle";
import { appNow } from "@/lib/platform/clock";
import type { Tx } from "@/lib/platform/db";
import { invalid } from "@/lib/platform/errors";
import { assertMayGive, lockTeamAs } from "./internal";
import { handOut, INVITATION_FIELDS, newTicket } from "./invitation-rows";
import type { InvitationLink, InviteInput } from "./schemas";

/**
 * Opens a way into the team: to one address, which is also mailed, or for whoever has the link. It serves once, for
 * seven days; its link is told here and nowhere else. @param language what the inviter reads
 * @throws `invalid_request` for oneself, a member, or an address with an open invitation; `forbidden` (`owners_only`);
 *   `too_many_requests`
 */
export async function invite(ctx: TeamContext, input: InviteInput, language: Language): Promise<InvitationLink> {
  await countTry({ action: "invite", email: ctx.team.id, address: ctx.address });
  return withTeam(ctx, "members:write", async (tx) => {
    const own = await lockTeamAs(tx, ctx, "members:write");
    assertMayGive(own, input.role);
    const now = await appNow(tx);
    if (input.email) await assertOutside(tx, ctx, input.email, now);
    const { token, columns } = newTicket(now);
    const row = await tx.invitation.create({
      data: { teamId: ctx.team.id, ...input, ...columns, createdById: ctx.member.id, createdAt: now },
      select: INVITATION_FIELDS,
    });
    await audit(tx, ctx, "invitation.created", { invitationId: row.id }, { after: input });
    return handOut(tx, ctx, row, { token, language });
  });
}

async function assertOutside(tx: Tx, ctx: TeamContext, email: string, now: Date): Promise<void> {
  const { id: teamId } = ctx.team;
  const member = await tx.membership.findFirst({
    where: { teamId, removedAt: null, user: { email } },
    select: { id: true },
  });
  if (member?.id === ctx.member.id) throw invalid("email", "invite_self");
  if (member) throw invalid("email", "invite_member");
  const unused = { teamId, email, acceptedAt: null, revokedAt: null };
  // What has expired gives way to the new one.
  await tx.invitation.updateMany({ where: { ...unused, expiresAt: { lte: now } }, data: { revokedAt: now } });
  if ((await tx.invitation.count({ where: unused })) > 0) throw invalid("email", "invite_open");
}
