import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { assertMayGive, assertOwnerBeside, fetchMember, lockTeamAs, toMember } from "./internal";
import { revokeInvitationsOf } from "./invitation-rows";
import type { ChangeRoleInput, Member } from "./schemas";

/**
 * Gives a member another role, from their next request on. Only owners make and change owners.
 * @throws `not_found`; `forbidden` (`owners_only`); `conflict` (`last_owner`)
 */
export async function changeRole(ctx: TeamContext, id: string, { role }: ChangeRoleInput): Promise<Member> {
  return withTeam(ctx, "members:write", async (tx) => {
    const own = await lockTeamAs(tx, ctx, "members:write");
    const { id: teamId } = ctx.team;
    const member = await fetchMember(tx, teamId, id);
    assertMayGive(own, role, member.role);
    if (member.role === role) return toMember(member);
    await assertOwnerBeside(tx, teamId, member);
    await tx.membership.update({ where: { teamId_id: { teamId, id } }, data: { role } });
    await revokeInvitationsOf(tx, teamId, id, role);
    await audit(tx, ctx, "member.role_changed", { memberId: id }, { before: { role: member.role }, after: { role } });
    return toMember({ ...member, role });
  });
}
