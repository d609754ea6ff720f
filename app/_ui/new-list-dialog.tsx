"use client";
import { Dialog } from "@base-ui/react/dialog";
import { useTranslations } from "next-intl";
import type { Watchlist } from "@/lib/tracking/schemas";
import { FormFailure } from "./form-failure";
import { SubmitButton } from "./submit-button";
import { TextField } from "./text-field";
import { useJsonForm } from "./use-json-form";

type Props = { slug: string; onMade: (list: Watchlist) => void; onClose: () => void };

/** Asks what a new watchlist is called, and makes it. */
export function NewListDialog({ slug, onMade, onClose }: Props) {
  const t = useTranslations("client.star");
  const form = useJsonForm<Watchlist>({
    path: `/api/v1/watchlists?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => ({ name: data.get("name") }),
    onDone: onMade,
  });
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <Dialog.Popup className="sheet fixed top-1/2 left-1/2 z-50 grid w-[24rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 gap-3 p-5 text-left shadow-float">
          <Dialog.Title className="font-semibold text-[1rem]">{t("newTitle")}</Dialog.Title>
          <form method="post" noValidate autoComplete="off" className="grid gap-3" onSubmit={form.submit}>
            <TextField
              label={t("name")}
              name="name"
              defaultValue={t("newName")}
              maxLength={200}
              mistake={form.mistakes.name}
            />
            <FormFailure text={form.failure} />
            <div className="flex flex-wrap gap-2">
              <SubmitButton pending={form.pending}>{t("create")}</SubmitButton>
              <Dialog.Close className="btn">{t("cancel")}</Dialog.Close>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
