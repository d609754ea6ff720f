/** The same ids with one of them put before or after another one. */
export function moved(ids: readonly string[], id: string, target: string, side: "before" | "after"): string[] {
  if (id === target) return [...ids];
  const others = ids.filter((other) => other !== id);
  const at = others.indexOf(target);
  if (at < 0) return [...ids];
  return others.toSpliced(side === "before" ? at : at + 1, 0, id);
}
