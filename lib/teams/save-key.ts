import "server-only";
import { type Actor, audit } from "@/lib/auth/audit";
import { asTeam, type TeamContext, withTeam } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import { fetchKeyStatus, lockTeam, putKey } from "./internal";
import type { KeyStatus, SaveKeyInput } from "./schemas";

/**
 * Seals the team's KeyAPI key as a new version, forgets the one before, and makes the team live; data of the sandbox
 * is hidden from then on, never mixed. Nothing is asked of the upstream: testing is a purchase of its own.
 */
export function saveKey(ctx: TeamContext, input: SaveKeyInput): Promise<KeyStatus> {
  return withTeam(ctx, "key:write", (tx) => store(tx, ctx, ctx.team.id, input));
}

/** The same for the operator's command. */
export const saveKeyFor = (teamId: string, input: SaveKeyInput): Promise<KeyStatus> =>
  asTeam(teamId, (tx) => store(tx, teamId, teamId, input));

async function store(tx: Tx, actor: Actor | string, teamId: string, { apiKey }: SaveKeyInput): Promise<KeyStatus> {
  await lockTeam(tx, teamId);
  const memberId = typeof actor === "string" ? null : (actor.member?.id ?? null);
  const key = await putKey(tx, teamId, { upstream: "live", text: apiKey, memberId });
  await audit(tx, actor, "key.saved", { keyId: key.id, lastFour: key.lastFour });
  return fetchKeyStatus(tx, teamId);
}
