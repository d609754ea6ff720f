import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Prisma } from "@/lib/platform/db";

type Person = { id: string; name: string; removed: boolean };

/** Everybody who is or was in the team, by name: whom its history may be about. At most so many, where told. */
export function readPeople(ctx: TeamContext, most?: number): Promise<Person[]> {
  return fetchPeople(ctx, {}, most);
}

/** Those of them that are named by their ids. */
export function readPeopleNamed(ctx: TeamContext, ids: readonly string[]): Promise<Person[]> {
  return fetchPeople(ctx, { id: { in: [...ids] } });
}

function fetchPeople(ctx: TeamContext, where: Prisma.MembershipWhereInput, most?: number): Promise<Person[]> {
  return withTeam(ctx, "audit:read", async (tx) => {
    const people = await tx.membership.findMany({
      where: { ...where, teamId: ctx.team.id },
      select: { id: true, removedAt: true, user: { select: { name: true } } },
      orderBy: [{ user: { name: "asc" } }, { id: "asc" }],
      ...(most !== undefined && { take: most }),
    });
    return people.map(({ id, removedAt, user }) => ({ id, name: user.name, removed: removedAt !== null }));
  });
}
