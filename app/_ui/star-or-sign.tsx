import type { Watched, WatchedPlace } from "@/lib/tracking/watch-view";
import { Star } from "./star";
import { StarSign } from "./star-sign";

type Props = {
  slug: string;
  categoryId: string;
  region: string;
  /** Category and region, in words. */
  name: string;
  places: WatchedPlace[];
  watching: Pick<Watched, "lists" | "mayWatch">;
};

/** The star of one row: a button, or for those who cannot watch a sign of what is watched. */
export function StarOrSign({ places, watching: { lists, mayWatch }, ...row }: Props) {
  if (!mayWatch) return <StarSign name={row.name} watched={places} />;
  return <Star {...row} watched={places} lists={lists} />;
}
