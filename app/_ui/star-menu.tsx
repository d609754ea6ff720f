"use client";
import { Menu } from "@base-ui/react/menu";
import { Check, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import type { Watched, WatchedPlace } from "@/lib/tracking/watch-view";

type List = Watched["lists"][number];
type Props = {
  /** The star that it belongs to, which opens and closes it. */
  anchor: RefObject<HTMLElement | null>;
  lists: List[];
  places: WatchedPlace[];
  onClose: () => void;
  /** `place` is where the category stands on the list already. */
  onChoose: (list: List, place: WatchedPlace | undefined) => void;
  onNew: () => void;
};

/** The lists that a watched category stands on or may be put on. */
export function StarMenu({ anchor, lists, places, onClose, onChoose, onNew }: Props) {
  const t = useTranslations("client.star");
  const isOnStar = (target: EventTarget | null) => target instanceof Node && !!anchor.current?.contains(target);
  return (
    <Menu.Root
      open
      modal={false}
      onOpenChange={(open, { event, reason }) => {
        if (!open && !(reason === "outside-press" && isOnStar(event.target))) onClose();
      }}
    >
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} sideOffset={4} className="z-40">
          <Menu.Popup className="menu max-h-72 overflow-y-auto" aria-label={t("lists")} finalFocus={anchor}>
            {lists.map((list) => {
              const place = places.find(({ listId }) => listId === list.id);
              return (
                <Menu.CheckboxItem
                  key={list.id}
                  checked={place !== undefined}
                  closeOnClick
                  onCheckedChange={() => onChoose(list, place)}
                  className="menu-item data-[highlighted]:bg-sunk"
                >
                  <Check size={15} aria-hidden="true" className={place ? "shrink-0" : "invisible shrink-0"} />
                  <span className="truncate">{list.name}</span>
                  {place?.addedBy && (
                    <span className="ml-auto truncate pl-3 text-text-3 text-xs">{t("by", { who: place.addedBy })}</span>
                  )}
                </Menu.CheckboxItem>
              );
            })}
            <div className="menu-line" />
            <Menu.Item onClick={onNew} className="menu-item data-[highlighted]:bg-sunk">
              <Plus size={15} aria-hidden="true" className="shrink-0" />
              {t("newList")}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
