import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { MEMBER_FIELDS, toMember } from "./internal";
import type { Member } from "./schemas";

/** The members of the team, by name. */
export function readMembers(ctx: TeamContext): Promise<Member[]> {
  return withTeam(ctx, "members:read", async (tx) => {
    const members = await tx.membership.findMany({
      where: { teamId: ctx.team.id, removedAt: null },
      select: MEMBER_FIELDS,
      orderBy: [{ user: { name: "asc" } }, { id: "asc" }],
    });
    return members.map(toMember);
  });
}
