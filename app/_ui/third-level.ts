import type { Category } from "@/lib/insights/schemas";

/** Third-level categories by the name that the team sees, each with what stands above it. */
export function thirdLevel(categories: readonly Category[]) {
  const byId = new Map(categories.map((category) => [category.id, category]));
  return categories.flatMap(({ id, level, name: providers, ownName, parentId }) => {
    const name = ownName ?? providers;
    if (level !== 3 || name === null) return [];
    const parent = byId.get(parentId ?? "");
    return [{ id, name, parent: parent?.name ?? null, top: byId.get(parent?.parentId ?? "")?.name ?? null }];
  });
}
