import "server-only";
import { randomUUID } from "node:crypto";
import { audit } from "@/lib/auth/audit";
import type { Visitor } from "@/lib/auth/caller-address";
import { asTeam } from "@/lib/auth/context";
import type { Account } from "@/lib/auth/sessions";
import { countTry } from "@/lib/auth/throttle";
import { appNow } from "@/lib/platform/clock";
import { AppError, notFound } from "@/lib/platform/errors";
import { lockTeam } from "./internal";
import { fetchUnused, findInvitation } from "./invitation-rows";

/**
 * Joins the team that a link invites to, with the role and the limit that stand in the invitation. Somebody who was
 * in it before comes back as the same member.
 * @throws `not_found`; `forbidden` (`invitation_of_another`); `conflict` (`invitation_used`, `invitation_revoked`,
 *   `invitation_expired`, `member_already`); `too_many_requests`
 */
export async function acceptInvitation(account: Account, token: string, visitor: Visitor): Promise<{ slug: string }> {
  await countTry({ action: "accept_invitation", email: account.email, address: visitor.address });
  const found = await findInvitation(token);
  if (!found) throw notFound();
  const { teamId, id, invited } = found;
  if (invited.email && invited.email !== account.email) {
    throw new AppError("forbidden", { reason: "invitation_of_another" });
  }
  return asTeam(teamId, async (tx) => {
    await lockTeam(tx, teamId);
    const row = await fetchUnused(tx, teamId, id);
    const now = await appNow(tx);
    const team = await tx.team.findUniqueOrThrow({ where: { id: teamId } });
    if (team.deletesAt) throw new AppError("conflict", { reason: "invitation_revoked" });
    if (row.expiresAt <= now) throw new AppError("conflict", { reason: "invitation_expired" });
    const place = { teamId_userId: { teamId, userId: account.id } };
    const before = await tx.membership.findUnique({ where: place });
    if (before && !before.removedAt) throw new AppError("conflict", { reason: "member_already" });
    const { id: memberId } = await tx.membership.upsert({
      where: place,
      create: { teamId, id: randomUUID(), userId: account.id, role: row.role },
      update: { role: row.role, removedAt: null },
    });
    await tx.invitation.update({
      where: { teamId_id: { teamId, id } },
      data: { acceptedAt: now, acceptedById: memberId },
    });
    await tx.$executeRaw`
      select credits_set_limit(${teamId}::uuid, 'member', ${memberId}::uuid, ${row.limitCredits}::int)`;
    if (!account.language && team.memberLanguage) {
      await tx.user.update({ where: { id: account.id }, data: { language: team.memberLanguage } });
    }
    const { address, userAgent: device } = visitor;
    const joined = { team: { id: teamId }, member: { id: memberId }, token: null, address, device };
    const { role, limitCredits } = row;
    await audit(tx, joined, "member.joined", { memberId, invitationId: id }, { after: { role, limitCredits } });
    return { slug: team.slug };
  });
}
