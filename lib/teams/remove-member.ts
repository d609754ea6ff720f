import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { allows, type Role } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/platform/db";
import { invalid } from "@/lib/platform/errors";
import { endMembership } from "./end-membership";
import { assertMayGive, fetchMember, lockTeamAs } from "./internal";

/**
 * Takes a member out of the team, from their next request on; see `endMembership` for what becomes of theirs.
 * Their schedules pass to `schedulesTo`, or rest.
 * @throws `not_found`; `invalid_request` where `schedulesTo` cannot spend; `forbidden` (`owners_only`); `conflict`
 *   (`last_owner`)
 */
export async function removeMember(ctx: TeamContext, id: string, schedulesTo: string | null = null): Promise<void> {
  await withTeam(ctx, "members:write", async (tx) => {
    const own = await lockTeamAs(tx, ctx, "members:write");
    const member = await fetchMember(tx, ctx.team.id, id);
    assertMayGive(own, member.role);
    if (schedulesTo) await assertPays(tx, ctx, schedulesTo, id);
    await endMembership(tx, ctx, member, id === ctx.member.id ? "member.left" : "member.removed", schedulesTo);
  });
}

/** Whoever takes the schedules is another member of the team, who may spend. */
async function assertPays(tx: Tx, ctx: TeamContext, id: string, leaving: string): Promise<void> {
  const member = await tx.membership.findFirst({
    where: { teamId: ctx.team.id, id, removedAt: null, NOT: { id: leaving } },
    select: { role: true },
  });
  if (!member) throw invalid("schedulesTo", "member_unknown");
  if (!allows(member.role as Role, "insights:buy")) throw invalid("schedulesTo", "schedule_owner_viewer");
}
