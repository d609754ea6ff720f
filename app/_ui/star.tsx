"use client";
import { Star as StarIcon } from "lucide-react";
import { useRef, useState } from "react";
import type { Watched, WatchedPlace } from "@/lib/tracking/watch-view";
import { loadStarMenu, StarLists } from "./star-lists";
import { useAwake } from "./use-awake";
import { useStar } from "./use-star";
import { useStarLabel } from "./use-star-label";

type Props = {
  slug: string;
  categoryId: string;
  region: string;
  /** Category and region, for those who hear the star and not see its row. */
  name: string;
  watched: WatchedPlace[];
  lists: Watched["lists"];
};

/**
 * Whether a category in a region is watched, on which lists and by whom. One press puts it on the list last used; of a
 * watched one it opens the lists to choose from.
 */
export function Star({ slug, categoryId, region, name, watched, lists }: Props) {
  const awake = useAwake();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const star = useStar({ slug, categoryId, region, watched });
  const { places, add, addToFirst } = star;
  const isOn = places.length > 0;
  const label = useStarLabel(name, places);

  function press() {
    const [last] = lists;
    if (isOn) setOpen(!open);
    else void (last ? add(last) : addToFirst());
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className="star"
        aria-label={label}
        aria-haspopup={isOn ? "menu" : undefined}
        aria-expanded={isOn ? open : undefined}
        title={label}
        data-on={isOn ? "" : undefined}
        data-popup-open={open ? "" : undefined}
        disabled={!awake}
        onPointerEnter={() => void loadStarMenu()}
        onClick={press}
      >
        <StarIcon size={15} aria-hidden="true" fill={isOn ? "currentColor" : "none"} />
      </button>
      <StarLists slug={slug} star={star} lists={lists} anchor={button} open={open} onClose={() => setOpen(false)} />
    </>
  );
}
