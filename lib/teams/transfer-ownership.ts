import "server-only";
import { auditEach } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { AppError } from "@/lib/platform/errors";
import { fetchMember, lockTeamAs, toMember } from "./internal";
import { revokeInvitationsOf } from "./invitation-rows";
import type { Member } from "./schemas";

/**
 * Makes another member an owner in one's own place; one becomes an admin. Other owners stay owners.
 * @throws `not_found`; `conflict` (`owner_already`) for an owner, oneself included
 */
export async function transferOwnership(ctx: TeamContext, id: string): Promise<Member> {
  return withTeam(ctx, "ownership:transfer", async (tx) => {
    await lockTeamAs(tx, ctx, "ownership:transfer");
    const { id: teamId } = ctx.team;
    const member = await fetchMember(tx, teamId, id);
    if (member.role === "owner") throw new AppError("conflict", { reason: "owner_already" });
    await tx.membership.update({ where: { teamId_id: { teamId, id } }, data: { role: "owner" } });
    await tx.membership.update({ where: { teamId_id: { teamId, id: ctx.member.id } }, data: { role: "admin" } });
    await revokeInvitationsOf(tx, teamId, ctx.member.id, "admin");
    await auditEach(tx, ctx, "member.role_changed", [
      { details: { memberId: id }, before: { role: member.role }, after: { role: "owner" } },
      { details: { memberId: ctx.member.id }, before: { role: "owner" }, after: { role: "admin" } },
    ]);
    return toMember({ ...member, role: "owner" });
  });
}
