import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import { notFound } from "@/lib/platform/errors";

/**
 * Ends a token from its next call on: one's own, and anybody's for owners and admins. Ending it twice is no mistake.
 * @throws `not_found` for a token of another team, or of somebody else
 */
export function revokeToken(ctx: TeamContext, id: string): Promise<void> {
  return withTeam(ctx, "tokens:write", async (tx) => {
    const { id: teamId } = ctx.team;
    const token = await tx.apiToken.findUnique({ where: { teamId_id: { teamId, id } } });
    const isMine = token?.memberId === ctx.member.id;
    if (!token || !(isMine || allows(ctx.member.role, "tokens:manage"))) throw notFound();
    const { count } = await tx.apiToken.updateMany({
      where: { teamId, id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    const { name, memberId } = token;
    if (count > 0) await audit(tx, ctx, "token.revoked", { name, memberId, tokenId: id });
  });
}
