"use client";
import { Menu } from "@base-ui/react/menu";
import { Check, Plus, Star as StarIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import type { WatchItem, Watchlist } from "@/lib/tracking/schemas";
import type { Watched } from "@/lib/tracking/watch-view";
import { callApi } from "./call-api";
import { NewListDialog } from "./new-list-dialog";
import { useAwake } from "./use-awake";

type Place = Watched["items"][string][number];
type Props = {
  slug: string;
  categoryId: string;
  region: string;
  /** Category and region, for those who hear the star and not see its row. */
  name: string;
  watched: Place[];
  lists: Watched["lists"];
};

/**
 * Whether a category in a region is watched, on which lists and by whom. One press puts it on the list last used; of a
 * watched one it opens the lists to choose from.
 */
export function Star({ slug, categoryId, region, name, watched, lists }: Props) {
  const t = useTranslations("client.star");
  const router = useRouter();
  const awake = useAwake();
  const [open, setOpen] = useState(false);
  const [naming, setNaming] = useState(false);
  // Shown at once, and taken back when the server says otherwise.
  const [guess, setGuess] = useState<Place[] | null>(null);
  const places = guess ?? watched;
  const isOn = places.length > 0;
  const team = `?team=${encodeURIComponent(slug)}`;
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

  async function settle(done: Promise<{ ok: boolean; problem?: { detail?: string | undefined } }>) {
    const result = await done;
    if (!result.ok) toast(result.problem?.detail ?? t("failed"));
    router.refresh();
    setGuess(null);
    return result.ok;
  }
  async function add(list: { id: string; name: string }) {
    setGuess([...places, { listId: list.id, itemId: "", listName: list.name, addedBy: null }]);
    const call = callApi<WatchItem>(`/api/v1/watchlists/${list.id}/items${team}`, {
      method: "POST",
      body: { categoryId, region },
    });
    const isAdded = await settle(call);
    const result = await call;
    if (!isAdded || !result.ok) return;
    const { id } = result.data;
    toast(t("added", { list: list.name }), {
      id: "star",
      duration: 10_000,
      action: {
        label: t("undo"),
        onClick: () => void settle(callApi(`/api/v1/watchlists/${list.id}/items/${id}${team}`, { method: "DELETE" })),
      },
    });
  }
  async function takeOff({ listId, itemId, listName }: Place) {
    setGuess(places.filter((place) => place.listId !== listId));
    const path = `/api/v1/watchlists/${listId}/items`;
    if (!(await settle(callApi(`${path}/${itemId}${team}`, { method: "DELETE" })))) return;
    const body = { categoryId, region };
    toast(t("removed", { list: listName }), {
      id: "star",
      duration: 10_000,
      action: { label: t("undo"), onClick: () => void settle(callApi(`${path}${team}`, { method: "POST", body })) },
    });
  }
  async function addToFirst() {
    const made = await callApi<Watchlist>(`/api/v1/watchlists${team}`, {
      method: "POST",
      body: { name: t("newName") },
    });
    if (made.ok) await add(made.data);
    else toast(made.problem.detail ?? t("failed"));
  }
  function press(next: boolean) {
    const [last] = lists;
    if (!next || isOn) setOpen(next);
    else void (last ? add(last) : addToFirst());
  }

  return (
    <>
      <Menu.Root open={open} onOpenChange={press} modal={false}>
        <Menu.Trigger
          className="star"
          aria-label={label}
          title={label}
          data-on={isOn ? "" : undefined}
          disabled={!awake}
        >
          <StarIcon size={15} aria-hidden="true" fill={isOn ? "currentColor" : "none"} />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={4} className="z-40">
            <Menu.Popup className="menu max-h-72 overflow-y-auto" aria-label={t("lists")}>
              {lists.map((list) => {
                const place = places.find(({ listId }) => listId === list.id);
                return (
                  <Menu.CheckboxItem
                    key={list.id}
                    checked={place !== undefined}
                    closeOnClick
                    onCheckedChange={() => void (place ? takeOff(place) : add(list))}
                    className="menu-item data-[highlighted]:bg-sunk"
                  >
                    <Check size={15} aria-hidden="true" className={place ? "shrink-0" : "invisible shrink-0"} />
                    <span className="truncate">{list.name}</span>
                    {place?.addedBy && (
                      <span className="ml-auto pl-3 text-text-3 text-xs">{t("by", { who: place.addedBy })}</span>
                    )}
                  </Menu.CheckboxItem>
                );
              })}
              <div className="menu-line" />
              <Menu.Item onClick={() => setNaming(true)} className="menu-item data-[highlighted]:bg-sunk">
                <Plus size={15} aria-hidden="true" className="shrink-0" />
                {t("newList")}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
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
