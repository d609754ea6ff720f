import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchKeptKey, fetchKeyStatus, lockTeam, putAsideKeys } from "./internal";
import type { KeyStatus } from "./schemas";

/**
 * Puts a kept key to use in place of the one that buys now, and makes the team live. Requests that were asked with the
 * other key finish with it. Whether the key is accepted shows at the next purchase, or by testing it.
 * @throws `not_found` for a key that the team does not keep
 */
export function useKey(ctx: TeamContext, id: string): Promise<KeyStatus> {
  const { id: teamId } = ctx.team;
  return withTeam(ctx, "key:write", async (tx) => {
    await lockTeam(tx, teamId);
    const key = await fetchKeptKey(tx, teamId, id);
    if (key.endedAt !== null) {
      const { upstream, key: before } = await fetchKeyStatus(tx, teamId);
      await putAsideKeys(tx, teamId);
      await tx.teamKey.update({ where: { teamId_id: { teamId, id } }, data: { endedAt: null } });
      await tx.team.update({ where: { id: teamId }, data: { upstream: "live" } });
      await audit(
        tx,
        ctx,
        "key.used",
        { keyId: id, name: key.name },
        {
          before: { upstream, lastFour: before?.lastFour ?? null },
          after: { upstream: "live", lastFour: key.lastFour },
        },
      );
    }
    return fetchKeyStatus(tx, teamId);
  });
}
