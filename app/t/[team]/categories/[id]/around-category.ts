import { topCategoryName } from "@/lib/insights/category-names";
import type { CategoryFacts } from "@/lib/insights/read-category";
import type { Peer } from "@/lib/insights/read-category-now";

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

/** Those of a category's peers that stand under the same parent. */
export const siblingsOf = ({ path: [, parent] }: Pick<CategoryFacts, "path">, peers: readonly Peer[]): Peer[] =>
  peers.filter(({ parentId }) => parentId !== null && parentId === parent?.id);
