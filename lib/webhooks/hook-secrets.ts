import "server-only";
import { openSealed, type Sealed, seal } from "@/lib/platform/crypto";

/** What is sealed of a webhook. `before` still signs beside `secret` for a while, so that a change loses nothing. */
export type HookSecrets = { url: string; secret: string; before?: { secret: string; until: string } };

/** The three columns of the row that they belong to. */
export function sealSecrets(teamId: string, rowId: string, secrets: HookSecrets) {
  const { keyId, nonce, ciphertext } = seal(JSON.stringify(secrets), { teamId, rowId });
  return { sealedKeyId: keyId, sealedNonce: Buffer.from(nonce), sealedText: Buffer.from(ciphertext) };
}

/** @throws when it was sealed with a secret that this installation no longer has */
export const openSecrets = (teamId: string, rowId: string, sealed: Sealed): HookSecrets =>
  JSON.parse(openSealed(sealed, { teamId, rowId }));
