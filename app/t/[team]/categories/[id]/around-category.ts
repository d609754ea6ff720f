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
  return {
    /** The names above it, as far as known, the top one in the reader's language. */
    path: facts.path.flatMap((above, level) =>
      above.name === null ? [] : [level === 0 ? topCategoryName(above.name, locale) : above.name],
    ),
    parent,
    /** Those of its peers that stand under the same parent. */
    siblings: peers.filter(({ parentId }) => parentId !== null && parentId === parent?.id),
  };
}
