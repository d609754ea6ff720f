"use client";
import { Star as StarIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Watched, WatchedPlace } from "@/lib/tracking/watch-view";
import { useAwake } from "./use-awake";
import { useStar } from "./use-star";

// Loaded with the first press, or when a pointer comes near: a table has stars that nobody presses.
const loadMenu = () => import("./star-menu");
const StarMenu = dynamic(() => loadMenu().then((file) => file.StarMenu), { ssr: false });
const NewListDialog = dynamic(() => import("./new-list-dialog").then((file) => file.NewListDialog), { ssr: false });

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
  const t = useTranslations("client.star");
  const awake = useAwake();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [naming, setNaming] = useState(false);
  const { places, add, takeOff, addToFirst } = useStar({ slug, categoryId, region, watched });
  const isOn = places.length > 0;
  const label = isOn
    ? t("on", {
        name,
        lists: places
          .map(({ listName, addedBy }) =>
            addedBy ? t("onBy", { list: listName, who: addedBy }) : t("onList", { list: listName }),
          )
          .join(" · "),
      })
    : t("off", { name });

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
        onPointerEnter={() => void loadMenu()}
        onClick={press}
      >
        <StarIcon size={15} aria-hidden="true" fill={isOn ? "currentColor" : "none"} />
      </button>
      {open && (
        <StarMenu
          anchor={button}
          lists={lists}
          places={places}
          onClose={() => setOpen(false)}
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
