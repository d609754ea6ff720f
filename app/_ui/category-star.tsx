import type { Watched } from "@/lib/tracking/watch-view";
import { useLabels } from "./labels";
import { Star } from "./star";

type Props = {
  slug: string;
  /** Null where the provider left it out: such a row cannot be watched. */
  categoryId: string | null;
  region: string;
  name: string;
  /** What is watched of the rows shown; null for those who cannot watch. */
  watched: Watched | null;
};

/** The star of one row of a table of categories, or nothing where nothing can be watched. */
export function CategoryStar({ slug, categoryId, region, name, watched }: Props) {
  const labels = useLabels();
  if (!watched || categoryId === null) return null;
  return (
    <Star
      slug={slug}
      categoryId={categoryId}
      region={region}
      name={`${name} · ${labels.region(region)}`}
      watched={watched.items[`${categoryId}/${region}`] ?? []}
      lists={watched.lists}
    />
  );
}
