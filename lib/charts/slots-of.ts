import { SLOTS } from "./prepare-stacked-bars";

/**
 * A colour for each key, by the key itself: whatever else is shown, in whatever order, it keeps its colour unless two of
 * them want the same one. No two have the same, as long as there are no more keys than colours.
 */
export function slotsOf(keys: readonly string[]): Map<string, number> {
  const slots = new Map<string, number>();
  const taken = new Set<number>();
  for (const key of [...new Set(keys)].sort()) {
    const wanted = hashOf(key) % SLOTS;
    const order = Array.from({ length: SLOTS }, (_, step) => (wanted + step) % SLOTS);
    const slot = order.find((one) => !taken.has(one)) ?? wanted;
    taken.add(slot);
    slots.set(key, slot);
  }
  return slots;
}

/** FNV-1a: the same in every process, and near keys lie far apart. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (const char of key) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash ^ (hash >>> 15)) >>> 0;
}
