"use client";
import dynamic from "next/dynamic";
import { type RefObject, useState } from "react";
import type { Watched } from "@/lib/tracking/watch-view";
import type { useStar } from "./use-star";

// Loaded with the first press, or when a pointer comes near: a table has stars that nobody presses.
export const loadStarMenu = () => import("./star-menu");
const StarMenu = dynamic(() => loadStarMenu().then((file) => file.StarMenu), { ssr: false });
const NewListDialog = dynamic(() => import("./new-list-dialog").then((file) => file.NewListDialog), { ssr: false });

type Props = {
  slug: string;
  star: Pick<ReturnType<typeof useStar>, "places" | "add" | "takeOff">;
  lists: Watched["lists"];
  /** The star that it belongs to, which opens and closes it. */
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  onClose: () => void;
};

/** The lists that a category stands on or may be put on, a new one among them. */
export function StarLists({ slug, star: { places, add, takeOff }, lists, anchor, open, onClose }: Props) {
  const [naming, setNaming] = useState(false);
  return (
    <>
      {open && (
        <StarMenu
          anchor={anchor}
          lists={lists}
          places={places}
          onClose={onClose}
          onChoose={(list, place) => void (place ? takeOff(place) : add(list))}
          onNew={() => setNaming(true)}
        />
      )}
      {naming && (
        <NewListDialog
          slug={slug}
          onClose={() => setNaming(false)}
          onMade={(list) => {
            setNaming(false);
            void add(list);
          }}
        />
      )}
    </>
  );
}
