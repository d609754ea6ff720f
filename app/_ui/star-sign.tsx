import { Star as StarIcon } from "lucide-react";
import type { WatchedPlace } from "@/lib/tracking/watch-view";
import { useStarLabel } from "./use-star-label";

/** The star of what is watched, for those who read lists and change none; its place is kept where there is none. */
export function StarSign({ name, watched }: { name: string; watched: WatchedPlace[] }) {
  const label = useStarLabel(name, watched);
  if (watched.length === 0) return <span aria-hidden="true" className="star" />;
  return (
    <span role="img" className="star" data-on="" aria-label={label} title={label}>
      <StarIcon size={15} aria-hidden="true" fill="currentColor" />
    </span>
  );
}
