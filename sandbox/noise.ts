/** Deterministic randomness: the same integers give the same number on every machine and in every order of asking. */

/** 32-bit signed hash of up to four integers. */
export function hash(a: number, b: number, c = 0, d = 0): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15) ^ b, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 13) ^ c, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16) ^ d, 0x165667b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return h ^ (h >>> 13);
}

/** 32-bit hash of a text (FNV-1a, finished by `hash`). */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return hash(h, text.length);
}

/** A hash as a number in [0, 1). */
export function unit(h: number): number {
  return (h >>> 0) / 4_294_967_296;
}

/** A hash as a nearly normal number (mean 0, deviation 1, never beyond ±3.5): the sum of its four bytes. */
export function gauss(h: number): number {
  return ((h & 255) + ((h >>> 8) & 255) + ((h >>> 16) & 255) + (h >>> 24) - 510) / 147.8;
}

/** A smooth wave in [0, 1] through random heights at whole `t`; `key` chooses the wave. */
export function wave(key: number, t: number): number {
  const left = Math.floor(t);
  const part = t - left;
  const from = unit(hash(key, left));
  return from + (unit(hash(key, left + 1)) - from) * part * part * (3 - 2 * part);
}
