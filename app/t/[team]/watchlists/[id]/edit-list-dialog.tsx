"use client";
import { Dialog } from "@base-ui/react/dialog";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";
import { ListFields, readListFields } from "@/app/t/[team]/watchlists/list-fields";
import type { Watchlist } from "@/lib/tracking/schemas";

export type EditListProps = { slug: string; list: Watchlist; isMine: boolean };

type Props = EditListProps & { onClose: () => void };

/** What a list is called, shows and who sees it; deletes it with a way back. */
export function EditListDialog({ slug, list, isMine, onClose }: Props) {
  const t = useTranslations("client.watchlists");
  const router = useRouter();
  const [base] = useState(list.version);
  const [warned, setWarned] = useState(false);
  const path = `/api/v1/watchlists/${list.id}`;
  const team = `?team=${encodeURIComponent(slug)}`;
  const form = useJsonForm<Watchlist>({
    path: `${path}${team}`,
    method: "PATCH",
    // After a conflict the page was read anew: `list` is theirs then, and saving again is meant.
    read: (data) => ({ ...readListFields(data), version: warned ? list.version : base }),
    onDone: () => {
      onClose();
      router.refresh();
    },
    onRefused: ({ reason }) => {
      if (reason !== "edited_meanwhile") return;
      setWarned(true);
      router.refresh();
    },
  });

  async function remove() {
    const gone = await callApi(`${path}${team}`, { method: "DELETE" });
    if (!gone.ok) return void toast(gone.problem.detail ?? t("failed"));
    router.push(`/t/${slug}/watchlists`);
    toast(t("deleted", { name: list.name }), {
      duration: 15_000,
      action: { label: t("undo"), onClick: () => void undo() },
    });
  }
  async function undo() {
    const back = await callApi(`${path}/restore${team}`, { method: "POST" });
    if (!back.ok) return void toast(back.problem.detail ?? t("failed"));
    // Its page is read anew by going there; a refresh beside it has swallowed the way.
    router.push(`/t/${slug}/watchlists/${list.id}`);
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <Dialog.Popup className="sheet fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-[28rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 gap-3 overflow-y-auto p-5 shadow-float">
          <Dialog.Title className="font-semibold text-[1rem]">{t("editList")}</Dialog.Title>
          <form method="post" noValidate autoComplete="off" className="grid gap-3" onSubmit={form.submit}>
            <ListFields mistakes={form.mistakes} list={list} mayHide={isMine} />
            <FormFailure text={form.failure} />
            {warned && (
              <div className="notice notice-warn">
                <p className="font-semibold">{t("theirs")}</p>
                <p className="whitespace-pre-line">{[list.name, list.notes].filter(Boolean).join("\n")}</p>
              </div>
            )}
            <div className="flex flex-wrap items-center gap-2">
              <SubmitButton pending={form.pending}>{t("save")}</SubmitButton>
              <Dialog.Close className="btn">{t("cancel")}</Dialog.Close>
              <button type="button" className="btn btn-quiet btn-bad ml-auto" onClick={() => void remove()}>
                {t("deleteList")}
              </button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
