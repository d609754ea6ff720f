"use client";
import { Star as StarIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toast } from "sonner";
import type { WatchItem, Watchlist } from "@/lib/tracking/schemas";
import type { Watched } from "@/lib/tracking/watch-view";
import { callApi } from "./call-api";
import { useAwake } from "./use-awake";

// Loaded with the first press, or when a pointer comes near: a table has stars that nobody presses.
const loadMenu = () => import("./star-menu");
const StarMenu = dynamic(() => loadMenu().then((file) => file.StarMenu), { ssr: false });
const NewListDialog = dynamic(() => import("./new-list-dialog").then((file) => file.NewListDialog), { ssr: false });

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
  const button = useRef<HTMLButtonElement>(null);
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
