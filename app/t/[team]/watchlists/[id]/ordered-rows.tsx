"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type DragEvent, type MouseEvent, useMemo, useRef, useState, useTransition } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import type { Watched } from "@/lib/tracking/watch-view";
import { moved } from "./moved";
import { RowStar } from "./row-star";
import { type WatchRow, WatchRowCells, type WatchTableWords } from "./watch-row-cells";

const EditItem = dynamic(() => import("./edit-item").then((file) => file.EditItem), { ssr: false });

type Props = {
  slug: string;
  listId: string;
  window: string;
  /** `WatchRow[]` as JSON: of props in React's own words each single value is visited on its way, four times. */
  rowsJson: string;
  words: WatchTableWords;
  /** That items can be put on. */
  lists: Watched["lists"];
  /** Items of the list before these, and all of them. */
  before: number;
  total: number;
  /** While a tag hides some items, the next one up is not the next one in the list. */
  mayMove: boolean;
  monthsHref: string;
};

type Drag = { id: string; over: string | null; side: "before" | "after" };

/**
 * The rows of a list: a grip within them drags one to another place, buttons move it by one or open it for editing. A
 * new place is shown at once, and taken back when it is refused. One listener for all rows keeps a long list light.
 */
export function OrderedRows({
  slug,
  listId,
  window,
  rowsJson,
  words,
  lists,
  before,
  total,
  mayMove,
  monthsHref,
}: Props) {
  const t = useTranslations("client.watchlists");
  const router = useRouter();
  const awake = useAwake();
  const [drag, setDrag] = useState<Drag | null>(null);
  const [guess, setGuess] = useState<{ from: string; ids: string[] } | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const [starred, setStarred] = useState<{ id: string; open: boolean } | null>(null);
  const star = useRef<HTMLElement>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [moving, startMoving] = useTransition();
  const rows = useMemo(() => JSON.parse(rowsJson) as WatchRow[], [rowsJson]);
  const given = rows.map(({ id }) => id);
  // A guess holds until the server tells another order than the one that it was made on.
  const ids = guess?.from === given.join() ? guess.ids : given;
  const rowOfId = new Map(rows.map((row) => [row.id, row]));
  const edited = rowOfId.get(editing ?? "");
  const onStar = rowOfId.get(starred?.id ?? "");

  const put = (id: string, place: number) =>
    callApi(`/api/v1/watchlists/${listId}/items/${id}?team=${encodeURIComponent(slug)}`, {
      method: "PATCH",
      body: { place },
    });

  function press(event: MouseEvent) {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button[data-act]") : null;
    const id = rowOf(event)?.dataset.item;
    if (!button || !id) return;
    if (button.dataset.act === "edit") return setEditing(id);
    if (button.dataset.act === "star") {
      star.current = button;
      return setStarred({ id, open: !(starred?.id === id && starred.open) });
    }
    if (button.ariaDisabled === "true" || moving) return;
    const place = before + ids.indexOf(id) + 1 + (button.dataset.act === "up" ? -1 : 1);
    setBusy(id);
    startMoving(async () => {
      const result = await put(id, place);
      if (result.ok) router.refresh();
      else toast(result.problem.detail ?? t("failed"));
    });
  }
  function start(event: DragEvent) {
    const row = rowOf(event);
    if (!row || !(event.target instanceof Element) || !event.target.closest(".grip")) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.textContent ?? "");
    event.dataTransfer.setDragImage(row, row.clientWidth - 40, 10);
    setDrag({ id: row.dataset.item ?? "", over: null, side: "before" });
  }
  function over(event: DragEvent) {
    const row = rowOf(event);
    if (!drag || !row) return;
    event.preventDefault();
    const { top, height } = row.getBoundingClientRect();
    const side = event.clientY < top + height / 2 ? "before" : "after";
    const id = row.dataset.item ?? "";
    if (id !== drag.over || side !== drag.side) setDrag({ ...drag, over: id, side });
  }
  async function drop(event: DragEvent) {
    if (!drag) return;
    event.preventDefault();
    setDrag(null);
    const { id, over: target, side } = drag;
    const next = target === null ? ids : moved(ids, id, target, side);
    if (next.join() === ids.join()) return;
    setGuess({ from: given.join(), ids: next });
    const result = await put(id, before + next.indexOf(id) + 1);
    if (!result.ok) {
      setGuess(null);
      toast(result.problem.detail ?? t("failed"));
    }
    router.refresh();
  }

  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: buttons inside turn keys into clicks */}
      <tbody
        onClick={press}
        onDragStart={start}
        onDragOver={over}
        onDrop={(event) => void drop(event)}
        onDragEnd={() => setDrag(null)}
      >
        {ids.map((id, index) => {
          const row = rowOfId.get(id);
          const position = before + index + 1;
          return (
            row && (
              <tr
                key={id}
                data-item={id}
                data-dragged={drag?.id === id ? "" : undefined}
                data-drop={drag && drag.over === id && drag.id !== id ? drag.side : undefined}
              >
                <WatchRowCells
                  slug={slug}
                  window={window}
                  row={row}
                  words={words}
                  position={position}
                  isLast={position === total}
                  order={mayMove ? (total > 1 ? "grip" : "keys") : null}
                  monthsHref={monthsHref}
                  awake={awake}
                  busy={moving && busy === id}
                />
              </tr>
            )
          );
        })}
      </tbody>
      {onStar && starred && (
        <RowStar
          key={onStar.id}
          slug={slug}
          row={onStar}
          lists={lists}
          anchor={star}
          open={starred.open}
          onClose={() => setStarred({ id: onStar.id, open: false })}
        />
      )}
      {edited && (
        <EditItem
          key={edited.id}
          slug={slug}
          listId={listId}
          item={edited}
          name={`${edited.name} · ${edited.regionName}`}
          place={mayMove ? before + ids.indexOf(edited.id) + 1 : null}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

const rowOf = ({ target }: MouseEvent) =>
  target instanceof Element ? target.closest<HTMLTableRowElement>("tr[data-item]") : null;
