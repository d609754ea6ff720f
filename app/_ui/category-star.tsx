import type { Watched } from "@/lib/tracking/watch-view";
import { useLabels } from "./labels";
import { StarOrSign } from "./star-or-sign";

type Props = {
  slug: string;
  /** Null where the provider left it out: such a row cannot be watched. */
  categoryId: string | null;
  region: string;
  name: string;
  /** What is watched of the rows shown; null where that is not said, as on paper. */
  watched: Watched | null;
};

/** The star of one row of a table of categories, whose name is worded here. */
export function CategoryStar({ slug, categoryId, region, name, watched }: Props) {
  const labels = useLabels();
  if (!watched || categoryId === null) return null;
  return (
    <StarOrSign
      slug={slug}
      categoryId={categoryId}
      region={region}
      name={`${name} · ${labels.region(region)}`}
      places={watched.items[`${categoryId}/${region}`] ?? []}
      watching={watched}
    />
  );
}
