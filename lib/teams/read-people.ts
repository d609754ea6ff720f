import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";

/** Everybody who is or was in the team, by name: whom its history may be about. */
export function readPeople(ctx: TeamContext): Promise<{ id: string; name: string; removed: boolean }[]> {
  return withTeam(ctx, "audit:read", async (tx) => {
    const people = await tx.membership.findMany({
      where: { teamId: ctx.team.id },
      select: { id: true, removedAt: true, user: { select: { name: true } } },
      orderBy: [{ user: { name: "asc" } }, { id: "asc" }],
    });
    return people.map(({ id, removedAt, user }) => ({ id, name: user.name, removed: removedAt !== null }));
  });
}
