import "server-only";
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { runtime } from "./runtime";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A secret sealed with AES-256-GCM. `keyId` names the installation secret that sealed it. */
export type Sealed = { keyId: string; nonce: Uint8Array; ciphertext: Uint8Array };

/** A key for one purpose, derived from the installation's secret (HKDF-SHA-256, RFC 5869). */
export function deriveKey(purpose: string, secret: string = runtime().appSecret): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "nichebook", purpose, 32));
}

const keyIdOf = (secret: string) =>
  createHash("sha256").update("key id").update(deriveKey("seal", secret)).digest("hex").slice(0, 16);

/** Where a sealed text stands: a row of a team, or of a table that is no team's. */
export type SealPlace = { teamId: string; rowId: string } | { table: string; rowId: string };

const boundTo = (place: SealPlace) => Buffer.from(`${"teamId" in place ? place.teamId : place.table}/${place.rowId}`);

/** Seals a text for one place: the same bytes moved to another team or row do not open. */
export function seal(plain: string, place: SealPlace): Sealed {
  const secret = runtime().appSecret;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, deriveKey("seal", secret), nonce);
  cipher.setAAD(boundTo(place));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return { keyId: keyIdOf(secret), nonce, ciphertext: Buffer.concat([body, cipher.getAuthTag()]) };
}

function secretOf(keyId: string): string | null {
  const { appSecret, appSecretPrevious } = runtime();
  return [appSecret, appSecretPrevious].find((secret) => secret && keyIdOf(secret) === keyId) ?? null;
}

/** Whether this installation has the secret of that name. */
export const hasSecretOf = (keyId: string) => secretOf(keyId) !== null;

/** Opens what `seal` made. @throws when it was cut, altered, moved, or sealed with an unknown secret. */
export function openSealed(sealed: Sealed, place: SealPlace): string {
  const secret = secretOf(sealed.keyId);
  if (!secret) throw new Error("Sealed with a secret that this installation does not have");
  const bytes = Buffer.from(sealed.ciphertext);
  if (bytes.length < TAG_BYTES) throw new Error("Sealed text is cut");
  const decipher = createDecipheriv(ALGORITHM, deriveKey("seal", secret), sealed.nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()]).toString(
    "utf8",
  );
}

/** Names the secret that seals now: a row that says another one waits to be sealed anew. */
export const sealingKeyId = () => keyIdOf(runtime().appSecret);

/** Seals with the secret of now what the one before sealed. @throws as `openSealed` does */
export const reseal = (sealed: Sealed, place: SealPlace): Sealed => seal(openSealed(sealed, place), place);

export const sha256Hex = (text: string) => createHash("sha256").update(text).digest("hex");

/** A random text of at least 256 bits, safe in addresses and headers. */
export const randomToken = () => randomBytes(32).toString("base64url");

/**
 * A UUID (version 8, RFC 9562) made from names: the same names give the same id. Used where the asker's own words
 * (an Idempotency-Key) must become a row's id.
 */
export function namedUuid(...names: string[]): string {
  const bytes = createHash("sha256").update(JSON.stringify(names)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
