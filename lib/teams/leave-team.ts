import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { endMembership } from "./end-membership";
import { fetchMember, lockTeamAs } from "./internal";

/** Ends one's own membership. @throws `conflict` (`last_owner`) */
export async function leaveTeam(ctx: TeamContext): Promise<void> {
  await withTeam(ctx, "membership:leave", async (tx) => {
    await lockTeamAs(tx, ctx, "membership:leave");
    await endMembership(tx, ctx, await fetchMember(tx, ctx.team.id, ctx.member.id), "member.left");
  });
}
