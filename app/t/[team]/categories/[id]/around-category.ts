import { topCategoryName } from "@/lib/insights/category-names";
import type { CategoryFacts } from "@/lib/insights/read-category";
import type { CategoryNow, Peer } from "@/lib/insights/read-category-now";

/** What stands above a category on its pages. */
export function aroundCategory({ path }: Pick<CategoryFacts, "path">, locale: string) {
  const [, parent] = path;
  const above = path.flatMap(({ id, name }, level) =>
    name === null ? [] : [{ id, name: level === 0 ? topCategoryName(name, locale) : name }],
  );
  return {
    /** What it stands below, as far as its name is known, the top one in the reader's language. */
    above,
    path: above.map(({ name }) => name),
    parent,
  };
}

/**
 * Those of a category's peers that stand under the same parent, by popularity, with the category itself among them where
 * it has figures. Empty without any other.
 */
export function siblingsOf(
  { id, name, path: [, parent] }: Pick<CategoryFacts, "id" | "name" | "path">,
  { current, peers }: Pick<CategoryNow, "current" | "peers">,
): (Peer | (NonNullable<CategoryNow["current"]> & Pick<Peer, "id" | "name">))[] {
  const others = peers.filter(({ parentId }) => parentId !== null && parentId === parent?.id);
  if (others.length === 0) return [];
  return [...others, ...(current ? [{ ...current, id, name }] : [])].sort(
    (a, b) => (b.figures.posts ?? -1) - (a.figures.posts ?? -1),
  );
}
