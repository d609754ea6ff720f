import "server-only";
import { randomInt } from "node:crypto";
import { sha256Hex } from "@/lib/platform/crypto";

/** Crockford's digits: none is taken for another. 24 of them are 120 bits, too many to be tried against a hash. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODES = 10;
const LENGTH = 24;
/** Codes that were made before had 80 bits, and go on. */
const LENGTH_BEFORE = 16;

/** Ten codes that each stand in once for the second factor, in groups of four digits. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: CODES }, () => {
    const digits = Array.from({ length: LENGTH }, () => DIGITS[randomInt(DIGITS.length)]).join("");
    return digits.replace(/(.{4})(?!$)/g, "$1-");
  });

/** The kept form of a code, however it was typed; null when it is none. */
export function recoveryHash(typed: string): string | null {
  const plain = typed.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
  const isCode = [LENGTH, LENGTH_BEFORE].includes(plain.length) && [...plain].every((digit) => DIGITS.includes(digit));
  return isCode ? sha256Hex(plain) : null;
}
