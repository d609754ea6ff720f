"use client";
import { ChevronDown, ChevronUp, GripVertical, Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import type { WatchItem } from "@/lib/tracking/schemas";
import { EditItem } from "./edit-item";

type Props = {
  slug: string;
  listId: string;
  item: WatchItem;
  /** Category and region, for those who hear the buttons and not see their row. */
  name: string;
  /** In the list, from 1. */
  position: number;
  total: number;
  /** While a tag hides some items, the next one up is not the next one in the list. */
  mayMove: boolean;
};

/** Moves an item by one place, or opens everything else that can be done with it. */
export function ItemActions({ slug, listId, item, name, position, total, mayMove }: Props) {
  const t = useTranslations("client.watchlists");
  const router = useRouter();
  const awake = useAwake();
  const [open, setOpen] = useState(false);
  const [moving, startMoving] = useTransition();

  function move(place: number) {
    startMoving(async () => {
      const path = `/api/v1/watchlists/${listId}/items/${item.id}?team=${encodeURIComponent(slug)}`;
      const moved = await callApi(path, { method: "PATCH", body: { place } });
      if (moved.ok) router.refresh();
      else toast(moved.problem.detail ?? t("failed"));
    });
  }
  const moves = [
    { label: t("up", { name }), Icon: ChevronUp, place: position - 1, possible: position > 1 },
    { label: t("down", { name }), Icon: ChevronDown, place: position + 1, possible: position < total },
  ];

  return (
    <span className="inline-flex items-center">
      {mayMove && total > 1 && (
        <span className="row-button grip" draggable={awake} aria-hidden="true" title={t("drag")}>
          <GripVertical size={15} />
        </span>
      )}
      {mayMove &&
        moves.map(({ label, Icon, place, possible }) => (
          <button
            key={label}
            type="button"
            className="row-button"
            aria-label={label}
            title={label}
            disabled={!awake}
            aria-disabled={!possible || moving}
            onClick={() => possible && !moving && move(place)}
          >
            <Icon size={15} aria-hidden="true" />
          </button>
        ))}
      <button
        type="button"
        className="row-button"
        aria-label={t("edit", { name })}
        title={t("edit", { name })}
        disabled={!awake}
        onClick={() => setOpen(true)}
      >
        <Pencil size={14} aria-hidden="true" />
      </button>
      {open && (
        <EditItem
          slug={slug}
          listId={listId}
          item={item}
          name={name}
          place={mayMove ? position : null}
          onClose={() => setOpen(false)}
        />
      )}
    </span>
  );
}
