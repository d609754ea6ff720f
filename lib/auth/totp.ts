import "server-only";
import { Secret, TOTP } from "otpauth";

/** What every authenticator app knows without being told: SHA-1, six digits, 30 seconds (RFC 6238). */
const STEP_SECONDS = 30;
const SECRET_BYTES = 20;
/** A clock may be half a minute off, either way. */
const WINDOW = 1;

const totpOf = (secret: string, label = "") =>
  new TOTP({ issuer: "Nichebook", label, secret: Secret.fromBase32(secret), digits: 6, period: STEP_SECONDS });

/** A new secret, in Base32, as apps take it by hand. */
export const newTotpSecret = () => new Secret({ size: SECRET_BYTES }).base32;

/** What the QR code says. */
export const totpUri = (secret: string, email: string) => totpOf(secret, email).toString();

export const totpCode = (secret: string, atMs: number) => totpOf(secret).generate({ timestamp: atMs });

/** The step of time that a code belongs to, or null when it is wrong. A step is to be taken once. */
export function totpStep(secret: string, code: string, atMs: number): number | null {
  // otpauth compares bytes and throws for six letters that have more.
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret).validate({ token: code, timestamp: atMs, window: WINDOW });
  return delta === null ? null : Math.floor(atMs / 1000 / STEP_SECONDS) + delta;
}
