import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchKeptKey, fetchKeyStatus, forgetKey, lockTeam } from "./internal";
import type { KeyStatus } from "./schemas";

/**
 * Forgets a key: the one in use, or one that is kept. What is stored stays readable. Without a key in use nothing can be
 * bought until another one is saved or put to use.
 * @throws `not_found` for a key that the team does not keep
 */
export function removeKey(ctx: TeamContext, id?: string): Promise<KeyStatus> {
  const { id: teamId } = ctx.team;
  return withTeam(ctx, "key:write", async (tx) => {
    await lockTeam(tx, teamId);
    const key = id
      ? await fetchKeptKey(tx, teamId, id)
      : await tx.teamKey.findFirst({ where: { teamId, endedAt: null } });
    if (key) {
      await forgetKey(tx, key);
      const { name, lastFour } = key;
      await audit(
        tx,
        ctx,
        "key.removed",
        { keyId: key.id, name, inUse: key.endedAt === null },
        { before: { lastFour } },
      );
    }
    return fetchKeyStatus(tx, teamId);
  });
}
