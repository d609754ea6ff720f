import "server-only";
import { type Actor, audit } from "@/lib/auth/audit";
import { appNow } from "@/lib/platform/clock";
import type { Tx } from "@/lib/platform/db";
import { assertOwnerBeside, type MemberRow } from "./internal";
import { revokeInvitationsOf } from "./invitation-rows";
import { stopRunsOf } from "./stop-runs-of";

/**
 * Ends a membership, within a transaction that holds the team's lock: tokens and own invitations are revoked, runs stop before their next
 * request, asks for credits are withdrawn, schedules pass to `schedulesTo` or rest, what was team-visible becomes the team's. What was private stays where it
 * is, seen by nobody, and is there again when the person comes back. History keeps the name.
 * @throws `conflict` (`last_owner`)
 */
export async function endMembership(
  tx: Tx,
  actor: Actor,
  member: MemberRow,
  action: "member.removed" | "member.left",
  schedulesTo: string | null = null,
): Promise<void> {
  const { id: teamId } = actor.team;
  const { id: memberId, role } = member;
  await assertOwnerBeside(tx, teamId, member);
  await tx.membership.update({
    where: { teamId_id: { teamId, id: memberId } },
    data: { removedAt: new Date(), leftFilters: {} },
  });
  await tx.apiToken.updateMany({ where: { teamId, memberId, revokedAt: null }, data: { revokedAt: new Date() } });
  await revokeInvitationsOf(tx, teamId, memberId, null);
  await tx.savedSearch.updateMany({ where: { teamId, memberId, shared: true }, data: { memberId: null } });
  await tx.watchlist.updateMany({ where: { teamId, memberId, shared: true }, data: { memberId: null } });
  await passSchedules(tx, teamId, memberId, schedulesTo);
  await stopRunsOf(tx, { teamId, memberId });
  await tx.$executeRaw`
    select credits_decide_ask(q.team_id, q.id, 'withdrawn', null, ${memberId}::uuid) from limit_request q
    where q.team_id = ${teamId}::uuid and q.member_id = ${memberId}::uuid and q.state = 'open'`;
  await audit(tx, actor, action, { memberId, ...(schedulesTo ? { schedulesTo } : {}) }, { before: { role } });
}

/**
 * Schedules go on with the person named; without one those that the team's share pays go on with an owner, and the others
 * rest. What renews somebody's private things rests always.
 */
async function passSchedules(tx: Tx, teamId: string, memberId: string, to: string | null): Promise<void> {
  const mine = { teamId, memberId, endedAt: null };
  const isShared = { OR: [{ search: { shared: true } }, { watchlist: { shared: true } }] };
  const version = { increment: 1 };
  if (to) await tx.schedule.updateMany({ where: { ...mine, ...isShared }, data: { memberId: to, version } });
  const owner = await tx.membership.findFirst({
    where: { teamId, role: "owner", removedAt: null, NOT: { id: memberId } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  if (owner) {
    await tx.schedule.updateMany({
      where: { ...mine, ...isShared, byShare: true },
      data: { memberId: owner.id, version },
    });
  }
  await tx.schedule.updateMany({
    where: { ...mine, pausedAt: null },
    data: { pausedAt: await appNow(tx), version },
  });
}
