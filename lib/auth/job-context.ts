import "server-only";
import { asTeam, proven, type TeamContext } from "./context";
import type { Role } from "./permissions";

/**
 * The context of work done later on behalf of a member, and of the token that asked for it: their rights of now.
 * Null when the member was removed, or the token revoked or expired.
 */
export async function contextOfJob(job: {
  teamId: string;
  memberId: string;
  tokenId: string | null;
}): Promise<TeamContext | null> {
  const { teamId, memberId, tokenId } = job;
  return asTeam(teamId, async (tx) => {
    const member = await tx.membership.findFirst({
      where: { teamId, id: memberId, removedAt: null },
      include: { team: true, user: { select: { name: true } } },
    });
    if (!member) return null;
    const token = tokenId ? await tx.apiToken.findFirst({ where: { teamId, id: tokenId, revokedAt: null } }) : null;
    if (tokenId && (!token || (token.expiresAt && token.expiresAt <= new Date()))) return null;
    const { team } = member;
    return proven({
      team: {
        id: team.id,
        slug: team.slug,
        name: team.name,
        timeZone: team.timeZone,
        periodFirstDay: team.periodFirstDay,
        defaultRegion: team.defaultRegion,
        defaultWindow: team.defaultWindow,
        freshnessMinutes: team.freshnessMinutes,
        upstream: team.upstream as TeamContext["team"]["upstream"],
        secondFactorRequired: team.secondFactorRequired,
        deletesAt: team.deletesAt?.toISOString() ?? null,
      },
      member: { id: member.id, userId: member.userId, name: member.user.name, role: member.role as Role },
      token: token && { id: token.id, scope: token.scope as "read" | "read+spend" },
      address: null,
    });
  });
}
