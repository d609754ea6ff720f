import "server-only";
import { RESERVED_SLUGS } from "./schemas";

const MAX_LENGTH = 40;
/** Looks that cannot be mistaken for one another. */
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

/** @param random one value per character, 0 ≤ value < 1 */
const suffix = (random: () => number, length = 4) =>
  Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join("");

/**
 * What a team is called in addresses, best first: its name in `a-z0-9-`, then with a number, then with random
 * letters. Nothing is transliterated: a name without Latin letters becomes `team-xxxx`.
 */
export function slugCandidates(name: string, random: () => number): string[] {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, "");
  const randoms = (base: string) => Array.from({ length: 4 }, () => `${base}-${suffix(random)}`);
  if (!/[a-z]/.test(plain)) return randoms("team");
  const numbered = Array.from({ length: 8 }, (_, index) => `${plain}-${index + 2}`);
  return [...(RESERVED_SLUGS.has(plain) ? [] : [plain]), ...numbered, ...randoms(plain)];
}
