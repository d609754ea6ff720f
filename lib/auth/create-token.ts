import "server-only";
import { randomToken, sha256Hex } from "@/lib/platform/crypto";
import { notFound } from "@/lib/platform/errors";
import { audit } from "./audit";
import { asTeam } from "./context";

export const TOKEN_PREFIX = "nbk_";

/**
 * Makes a token of the HTTP API for one member of one team. Its text is returned here once and kept nowhere.
 * @throws `not_found` when that member is not, or no longer, in the team
 */
export function createToken(input: {
  teamId: string;
  memberId: string;
  name: string;
  scope: "read" | "read+spend";
  expiresAt?: Date;
}): Promise<{ id: string; token: string }> {
  const { teamId, memberId, name, scope } = input;
  const token = TOKEN_PREFIX + randomToken();
  return asTeam(teamId, async (tx) => {
    const member = await tx.membership.findFirst({ where: { teamId, id: memberId, removedAt: null } });
    if (!member) throw notFound();
    const { id } = await tx.apiToken.create({
      data: {
        teamId,
        memberId,
        name,
        scope,
        expiresAt: input.expiresAt ?? null,
        hash: sha256Hex(token),
        lastFour: token.slice(-4),
      },
      select: { id: true },
    });
    await audit(tx, teamId, "token.created", { memberId, tokenId: id, name, scope });
    return { id, token };
  });
}
