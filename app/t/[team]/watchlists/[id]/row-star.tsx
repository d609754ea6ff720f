"use client";
import type { RefObject } from "react";
import { StarLists } from "@/app/_ui/star-lists";
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
export function RowStar({ slug, row: { categoryId, region, places: watched }, ...rest }: Props) {
  const star = useStar({ slug, categoryId, region, watched });
  return <StarLists slug={slug} star={star} {...rest} />;
}
