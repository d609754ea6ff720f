import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { endKeys, fetchKeyStatus, lockTeam } from "./internal";
import type { KeyStatus } from "./schemas";

/** Forgets the team's key. What is stored stays readable; nothing can be bought until there is another key. */
export function removeKey(ctx: TeamContext): Promise<KeyStatus> {
  return withTeam(ctx, "key:write", async (tx) => {
    await lockTeam(tx, ctx.team.id);
    const ended = await endKeys(tx, ctx.team.id);
    if (ended > 0) await audit(tx, ctx, "key.removed");
    return fetchKeyStatus(tx, ctx.team.id);
  });
}
