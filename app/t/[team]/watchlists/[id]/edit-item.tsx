"use client";
import { Dialog } from "@base-ui/react/dialog";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextArea } from "@/app/_ui/text-area";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import { ColorField } from "@/app/t/[team]/watchlists/list-fields";
import type { WatchItem } from "@/lib/tracking/schemas";
import type { WatchRow } from "./watch-row-cells";

type Props = {
  slug: string;
  listId: string;
  item: WatchRow;
  name: string;
  /** Null where places cannot be changed now. */
  place: number | null;
  onClose: () => void;
};

/** Note, tags, colour and place of an item; taking it off the list, with a way back. */
export function EditItem({ slug, listId, item, name, place, onClose }: Props) {
  const t = useTranslations("client.watchlists");
  const router = useRouter();
  const team = `?team=${encodeURIComponent(slug)}`;
  const path = `/api/v1/watchlists/${listId}/items`;
  // The page behind is read anew after a conflict: then `item` is theirs, and saving again is meant.
  const [base, setBase] = useState(item.version);
  const [warned, setWarned] = useState(false);
  const form = useJsonForm<WatchItem>({
    path: `${path}/${item.id}${team}`,
    method: "PATCH",
    read: (data) => {
      const typed = Number(data.get("place"));
      return {
        note: data.get("note"),
        tags: String(data.get("tags") ?? "").split(/[,，、;；\n]/),
        color: data.get("color"),
        version: warned ? item.version : base,
        ...(place === null || typed === place ? {} : { place: typed }),
      };
    },
    onDone: () => {
      onClose();
      router.refresh();
    },
    onRefused: ({ reason }) => {
      if (reason !== "edited_meanwhile") return;
      setWarned(true);
      setBase(item.version);
      router.refresh();
    },
  });

  async function remove() {
    const gone = await callApi(`${path}/${item.id}${team}`, { method: "DELETE" });
    if (!gone.ok) return void toast(gone.problem.detail ?? t("failed"));
    onClose();
    router.refresh();
    toast(t("removed", { name }), { duration: 15_000, action: { label: t("undo"), onClick: () => void undo() } });
  }
  async function undo() {
    const { categoryId, region, note, tags, color } = item;
    const body = { categoryId, region, note, tags, color, ...(place === null ? {} : { place }) };
    const back = await callApi(`${path}${team}`, { method: "POST", body });
    if (!back.ok) toast(back.problem.detail ?? t("failed"));
    router.refresh();
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <Dialog.Popup className="sheet fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-[28rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 gap-3 overflow-y-auto p-5 text-left shadow-float">
          <Dialog.Title className="font-semibold text-[1rem]">{name}</Dialog.Title>
          <form method="post" noValidate autoComplete="off" className="grid gap-3" onSubmit={form.submit}>
            <TextArea
              label={t("note")}
              name="note"
              defaultValue={item.note}
              maxLength={2000}
              mistake={form.mistakes.note}
            />
            <TextField
              label={t("tags")}
              name="tags"
              hint={t("tagsHint")}
              defaultValue={item.tags.join(", ")}
              mistake={form.mistakes.tags}
            />
            <div className="grid grid-cols-2 gap-2">
              <ColorField color={item.color} mistake={form.mistakes.color} />
              {place !== null && (
                <TextField
                  label={t("place")}
                  name="place"
                  type="number"
                  min={1}
                  inputMode="numeric"
                  defaultValue={place}
                  mistake={form.mistakes.place}
                />
              )}
            </div>
            <Link
              href={`/t/${slug}/settings/names?category=${item.categoryId}`}
              prefetch={false}
              className="link w-fit"
            >
              {t("nameIt")}
            </Link>
            <FormFailure text={form.failure} />
            {warned && (
              <div className="notice notice-warn">
                <p className="font-semibold">{t("theirs")}</p>
                <p className="whitespace-pre-line">
                  {[item.note, item.tags.join(", ")].filter(Boolean).join("\n") || "—"}
                </p>
              </div>
            )}
            <div className="flex flex-wrap items-center gap-2">
              <SubmitButton pending={form.pending}>{t("save")}</SubmitButton>
              <Dialog.Close className="btn">{t("cancel")}</Dialog.Close>
              <button type="button" className="btn btn-quiet btn-bad ml-auto" onClick={() => void remove()}>
                {t("remove")}
              </button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
