"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import type { WatchItem, Watchlist } from "@/lib/tracking/schemas";
import type { WatchedPlace } from "@/lib/tracking/watch-view";
import { callApi } from "./call-api";

type Given = { slug: string; categoryId: string; region: string; watched: WatchedPlace[] };

/** Putting a category in a region on lists and taking it off them, each with a way back. */
export function useStar({ slug, categoryId, region, watched }: Given) {
  const t = useTranslations("client.star");
  const router = useRouter();
  // Shown at once, and taken back when the server says otherwise.
  const [guess, setGuess] = useState<WatchedPlace[] | null>(null);
  const places = guess ?? watched;
  const team = `?team=${encodeURIComponent(slug)}`;

  async function settle(done: Promise<{ ok: boolean; problem?: { detail?: string | undefined } }>) {
    const result = await done;
    if (!result.ok) toast(result.problem?.detail ?? t("failed"));
    router.refresh();
    setGuess(null);
    return result.ok;
  }
  async function add(list: { id: string; name: string }) {
    const kept = { note: "", tags: [], color: "" as const, place: 0 };
    setGuess([...places, { listId: list.id, itemId: "", listName: list.name, addedBy: null, ...kept }]);
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
  async function takeOff({ listId, itemId, listName, note, tags, color, place }: WatchedPlace) {
    setGuess(places.filter((place) => place.listId !== listId));
    const path = `/api/v1/watchlists/${listId}/items`;
    if (!(await settle(callApi(`${path}/${itemId}${team}`, { method: "DELETE" })))) return;
    const body = { categoryId, region, note, tags, color, place };
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
  return { places, add, takeOff, addToFirst };
}
