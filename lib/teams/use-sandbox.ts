import "server-only";
import { type Actor, audit } from "@/lib/auth/audit";
import { asTeam, type TeamContext, withTeam } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { runtime } from "@/lib/platform/runtime";
import { fetchKeyStatus, holdsLiveData, lockTeam, putKey } from "./internal";
import type { KeyStatus } from "./schemas";

/**
 * Lets the team practise with invented data, under a key of its own.
 * @throws `conflict`: `sandbox_off`, or `live_data_held` once the team has live data.
 */
export function useSandbox(ctx: TeamContext): Promise<KeyStatus> {
  return withTeam(ctx, "key:write", (tx) => start(tx, ctx, ctx.team.id));
}

/** The same for the operator's command. */
export const useSandboxFor = (teamId: string): Promise<KeyStatus> => asTeam(teamId, (tx) => start(tx, teamId, teamId));

async function start(tx: Tx, actor: Actor | string, teamId: string): Promise<KeyStatus> {
  await lockTeam(tx, teamId);
  if (runtime().sandboxUrl === null) throw new AppError("conflict", { reason: "sandbox_off" });
  if (await holdsLiveData(tx, teamId)) throw new AppError("conflict", { reason: "live_data_held" });
  const memberId = typeof actor === "string" ? null : (actor.member?.id ?? null);
  const key = await putKey(tx, teamId, { upstream: "sandbox", text: `sandbox-${teamId}`, memberId });
  await audit(tx, actor, "key.sandbox_chosen", { keyId: key.id });
  return fetchKeyStatus(tx, teamId);
}
