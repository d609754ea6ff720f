"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type DragEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { moved } from "./moved";

type Props = {
  slug: string;
  listId: string;
  rows: { id: string; cells: ReactNode }[];
  /** Items of the list before these. */
  before: number;
};

type Drag = { id: string; over: string | null; side: "before" | "after" };

/** The rows of a list, which a grip within them drags to another place: shown there at once, taken back when refused. */
export function OrderedRows({ slug, listId, rows, before }: Props) {
  const t = useTranslations("client.watchlists");
  const router = useRouter();
  const [drag, setDrag] = useState<Drag | null>(null);
  const [guess, setGuess] = useState<{ from: string; ids: string[] } | null>(null);
  const given = rows.map(({ id }) => id);
  // A guess holds until the server tells another order than the one that it was made on.
  const ids = guess?.from === given.join() ? guess.ids : given;
  const cellsOf = new Map(rows.map(({ id, cells }) => [id, cells]));

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
    const path = `/api/v1/watchlists/${listId}/items/${id}?team=${encodeURIComponent(slug)}`;
    const result = await callApi(path, { method: "PATCH", body: { place: before + next.indexOf(id) + 1 } });
    if (!result.ok) {
      setGuess(null);
      toast(result.problem.detail ?? t("failed"));
    }
    router.refresh();
  }

  return (
    <tbody onDragStart={start} onDragOver={over} onDrop={(event) => void drop(event)} onDragEnd={() => setDrag(null)}>
      {ids.map((id) => (
        <tr
          key={id}
          data-item={id}
          data-dragged={drag?.id === id ? "" : undefined}
          data-drop={drag && drag.over === id && drag.id !== id ? drag.side : undefined}
        >
          {cellsOf.get(id)}
        </tr>
      ))}
    </tbody>
  );
}

const rowOf = ({ target }: DragEvent) =>
  target instanceof Element ? target.closest<HTMLTableRowElement>("tr[data-item]") : null;
