import type { Category } from "@/lib/insights/schemas";

export type Suggestion = { id: string; name: string; path: string };

/** Third-level categories by the name that the team sees, each with what stands above it. */
export function suggestions(categories: readonly Category[]): Suggestion[] {
  const byId = new Map(categories.map((category) => [category.id, category]));
  return categories.flatMap(({ id, level, name: providers, ownName, parentId }) => {
    const name = ownName ?? providers;
    if (level !== 3 || name === null) return [];
    const parent = byId.get(parentId ?? "");
    const top = byId.get(parent?.parentId ?? "");
    return [{ id, name, path: [top?.name, parent?.name].filter(Boolean).join(" › ") }];
  });
}
