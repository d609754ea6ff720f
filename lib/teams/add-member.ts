import "server-only";
import { audit } from "@/lib/auth/audit";
import { asTeam } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/platform/db";
import { AppError, notFound } from "@/lib/platform/errors";

/**
 * For the operator's commands: gives an account a role in a team. Somebody who was removed comes back as the same
 * member, with their history.
 * @throws `not_found` without such an account, `conflict` (`member_already`) when they are in the team
 */
export async function addMember(input: { teamId: string; email: string; role: Role }): Promise<{ id: string }> {
  const { teamId, role } = input;
  const email = input.email.trim().toLowerCase();
  const user = await db().user.findUnique({ where: { email }, select: { id: true } });
  if (!user) throw notFound();
  return asTeam(teamId, async (tx) => {
    const place = { teamId_userId: { teamId, userId: user.id } };
    const before = await tx.membership.findUnique({ where: place });
    if (before && !before.removedAt) throw new AppError("conflict", { reason: "member_already" });
    const { id } = await tx.membership.upsert({
      where: place,
      create: { teamId, userId: user.id, role },
      update: { role, removedAt: null },
      select: { id: true },
    });
    await audit(tx, teamId, "member.added", { memberId: id, email, role });
    return { id };
  });
}
