import { topCategoryName } from "@/lib/insights/category-names";
import type { CategoryFacts } from "@/lib/insights/read-category";
import type { CategoryNow } from "@/lib/insights/read-category-now";

/** What stands around a category on its pages. */
export function aroundCategory(
  facts: Pick<CategoryFacts, "path">,
  { peers }: Pick<CategoryNow, "peers">,
  locale: string,
) {
  const [, parent] = facts.path;
  const above = facts.path.flatMap(({ id, name }, level) =>
    name === null ? [] : [{ id, name: level === 0 ? topCategoryName(name, locale) : name }],
  );
  return {
    /** What it stands below, as far as its name is known, the top one in the reader's language. */
    above,
    path: above.map(({ name }) => name),
    parent,
    /** Those of its peers that stand under the same parent. */
    siblings: peers.filter(({ parentId }) => parentId !== null && parentId === parent?.id),
  };
}
