import "server-only";
import { type Actor, audit } from "@/lib/auth/audit";
import { asTeam, type TeamContext, withTeam } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import { fetchKeyStatus, lockTeam, putKey } from "./internal";
import type { KeyStatus, SaveKeyInput } from "./schemas";

/**
 * Seals a KeyAPI key as a new version, puts it to use in place of the one before, and makes the team live; data of the
 * sandbox is hidden from then on, never mixed. The key before stays sealed until it is removed, and requests that were
 * asked with it finish with it. Nothing is asked of the upstream: testing is a purchase of its own.
 * @throws `conflict` (`too_many_keys`)
 */
export function saveKey(ctx: TeamContext, input: SaveKeyInput): Promise<KeyStatus> {
  return withTeam(ctx, "key:write", (tx) => store(tx, ctx, ctx.team.id, input));
}

/** The same for the operator's command. */
export const saveKeyFor = (teamId: string, input: SaveKeyInput): Promise<KeyStatus> =>
  asTeam(teamId, (tx) => store(tx, teamId, teamId, input));

async function store(tx: Tx, actor: Actor | string, teamId: string, input: SaveKeyInput): Promise<KeyStatus> {
  const { apiKey, name } = input;
  await lockTeam(tx, teamId);
  const before = await fetchKeyStatus(tx, teamId);
  const memberId = typeof actor === "string" ? null : (actor.member?.id ?? null);
  const key = await putKey(tx, teamId, { upstream: "live", text: apiKey, memberId, ...(name ? { name } : {}) });
  const replaced = { upstream: before.upstream, lastFour: before.key?.lastFour ?? null };
  const after = { upstream: "live", lastFour: key.lastFour };
  await audit(tx, actor, "key.saved", { keyId: key.id, ...(name ? { name } : {}) }, { before: replaced, after });
  return fetchKeyStatus(tx, teamId);
}
