import "server-only";
import { randomToken, sha256Hex } from "@/lib/platform/crypto";
import { AppError, notFound } from "@/lib/platform/errors";
import { type Actor, audit } from "./audit";
import { asTeam } from "./context";

export const TOKEN_PREFIX = "nbk_";

/** More than any member uses; a script that makes a token at each run stops here. */
const MOST_OF_A_MEMBER = 50;

/**
 * Makes a token of the HTTP API for one member of one team. Its text is returned here once and kept nowhere.
 * @param input.limitCredits its own limit a month; null and left out are no limit.
 * @param actor who makes it, for the audit; the operator unless told otherwise.
 * @throws `not_found` when that member is not, or no longer, in the team; `conflict` (`too_many_tokens`)
 */
export function createToken(
  input: {
    teamId: string;
    memberId: string;
    name: string;
    scope: "read" | "read+spend";
    limitCredits?: number | null;
    expiresAt?: Date | null;
  },
  actor: Actor | string = input.teamId,
): Promise<{ id: string; token: string }> {
  const { teamId, memberId, name, scope, limitCredits = null, expiresAt = null } = input;
  const token = TOKEN_PREFIX + randomToken();
  return asTeam(teamId, async (tx) => {
    // Locked, so that several at once do not step over the count together.
    const members = await tx.$queryRaw<unknown[]>`select 1 from membership
      where team_id = ${teamId}::uuid and id = ${memberId}::uuid and removed_at is null for update`;
    if (members.length === 0) throw notFound();
    const valid = { OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] };
    const count = await tx.apiToken.count({ where: { teamId, memberId, revokedAt: null, ...valid } });
    if (count >= MOST_OF_A_MEMBER) throw new AppError("conflict", { reason: "too_many_tokens" });
    const { id } = await tx.apiToken.create({
      data: { teamId, memberId, name, scope, expiresAt, hash: sha256Hex(token), lastFour: token.slice(-4) },
      select: { id: true },
    });
    if (limitCredits !== null) {
      await tx.$executeRaw`select credits_set_limit(${teamId}::uuid, 'token', ${id}::uuid, ${limitCredits}::int)`;
    }
    const expires = expiresAt?.toISOString() ?? null;
    await audit(
      tx,
      actor,
      "token.created",
      { memberId, tokenId: id },
      { after: { name, scope, limit: limitCredits, expires } },
    );
    return { id, token };
  });
}
