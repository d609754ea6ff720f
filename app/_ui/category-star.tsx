import type { Watched } from "@/lib/tracking/watch-view";
import { useLabels } from "./labels";
import { Star } from "./star";
import { StarSign } from "./star-sign";

type Props = {
  slug: string;
  /** Null where the provider left it out: such a row cannot be watched. */
  categoryId: string | null;
  region: string;
  name: string;
  /** What is watched of the rows shown; null where that is not said, as on paper. */
  watched: Watched | null;
};

/** The star of one row of a table of categories: a button, or for those who cannot watch a sign of what is watched. */
export function CategoryStar({ slug, categoryId, region, name, watched }: Props) {
  const labels = useLabels();
  if (!watched || categoryId === null) return null;
  const star = {
    name: `${name} · ${labels.region(region)}`,
    watched: watched.items[`${categoryId}/${region}`] ?? [],
  };
  if (!watched.mayWatch) return <StarSign {...star} />;
  return <Star slug={slug} categoryId={categoryId} region={region} lists={watched.lists} {...star} />;
}
