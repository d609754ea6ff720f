import "server-only";
import { type Actor, audit } from "@/lib/auth/audit";
import type { Tx } from "@/lib/platform/db";
import { assertOwnerBeside, type MemberRow } from "./internal";
import { revokeInvitationsOf } from "./invitation-rows";
import { stopRunsOf } from "./stop-runs-of";

/**
 * Ends a membership, within a transaction that holds the team's lock: tokens and own invitations are revoked, runs stop before their next
 * request, asks for credits are withdrawn, what was team-visible becomes the team's. What was private stays where it
 * is, seen by nobody, and is there again when the person comes back. History keeps the name.
 * @throws `conflict` (`last_owner`)
 */
export async function endMembership(
  tx: Tx,
  actor: Actor,
  member: MemberRow,
  action: "member.removed" | "member.left",
): Promise<void> {
  const { id: teamId } = actor.team;
  const { id: memberId, role } = member;
  await assertOwnerBeside(tx, teamId, member);
  await tx.membership.update({ where: { teamId_id: { teamId, id: memberId } }, data: { removedAt: new Date() } });
  await tx.apiToken.updateMany({ where: { teamId, memberId, revokedAt: null }, data: { revokedAt: new Date() } });
  await revokeInvitationsOf(tx, teamId, memberId, null);
  await tx.savedSearch.updateMany({ where: { teamId, memberId, shared: true }, data: { memberId: null } });
  await tx.watchlist.updateMany({ where: { teamId, memberId, shared: true }, data: { memberId: null } });
  await stopRunsOf(tx, { teamId, memberId });
  await tx.$executeRaw`
    select credits_decide_ask(q.team_id, q.id, 'withdrawn', null, ${memberId}::uuid) from limit_request q
    where q.team_id = ${teamId}::uuid and q.member_id = ${memberId}::uuid and q.state = 'open'`;
  await audit(tx, actor, action, { memberId }, { before: { role } });
}
