import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { endMembership } from "./end-membership";
import { assertMayGive, fetchMember, lockTeamAs } from "./internal";

/**
 * Takes a member out of the team, from their next request on; see `endMembership` for what becomes of theirs.
 * @throws `not_found`; `forbidden` (`owners_only`); `conflict` (`last_owner`)
 */
export async function removeMember(ctx: TeamContext, id: string): Promise<void> {
  await withTeam(ctx, "members:write", async (tx) => {
    const own = await lockTeamAs(tx, ctx, "members:write");
    const member = await fetchMember(tx, ctx.team.id, id);
    assertMayGive(own, member.role);
    await endMembership(tx, ctx, member, id === ctx.member.id ? "member.left" : "member.removed");
  });
}
