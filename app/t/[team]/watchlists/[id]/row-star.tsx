"use client";
import { type RefObject, useState } from "react";
import { NewListDialog } from "@/app/_ui/new-list-dialog";
import { StarMenu } from "@/app/_ui/star-menu";
import { useStar } from "@/app/_ui/use-star";
import type { Watched } from "@/lib/tracking/watch-view";
import type { WatchRow } from "./watch-row-cells";

type Props = {
  slug: string;
  row: WatchRow;
  lists: Watched["lists"];
  /** The star of its row. */
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  onClose: () => void;
};

/** The lists that an item of this one stands on, or may be put on. */
export function RowStar({ slug, row, lists, anchor, open, onClose }: Props) {
  const { categoryId, region, places: watched } = row;
  const { places, add, takeOff } = useStar({ slug, categoryId, region, watched });
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
