import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/permissions";
import type { Member } from "./schemas";

/** The members of the team, by name. */
export function readMembers(ctx: TeamContext): Promise<Member[]> {
  return withTeam(ctx, "members:read", async (tx) => {
    const members = await tx.membership.findMany({
      where: { teamId: ctx.team.id, removedAt: null },
      select: { id: true, role: true, createdAt: true, user: { select: { name: true, email: true } } },
      orderBy: [{ user: { name: "asc" } }, { id: "asc" }],
    });
    return members.map((member) => ({
      id: member.id,
      name: member.user.name,
      email: member.user.email,
      role: member.role as Role,
      joinedAt: member.createdAt.toISOString(),
    }));
  });
}
