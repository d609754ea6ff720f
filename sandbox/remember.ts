/** Reads from a map, or makes the value and keeps it; the one that was made first leaves when the map is full. */
export function remember<K, V>(kept: Map<K, V>, key: K, make: () => V, room: number): V {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  const oldest = kept.keys().next();
  if (kept.size >= room && !oldest.done) kept.delete(oldest.value);
  kept.set(key, made);
  return made;
}
