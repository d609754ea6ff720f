"use client";
import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";

type Props = { slug: string; words: Record<"open" | "title" | "text" | "confirm" | "cancel", string> };

/** Removing the key stops every purchase of the team: asked once more before it happens. */
export function RemoveKey({ slug, words }: Props) {
  const t = useTranslations("client");
  const router = useRouter();
  const awake = useAwake();
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function remove() {
    setPending(true);
    setFailure(null);
    const result = await callApi(`/api/v1/key?team=${encodeURIComponent(slug)}`, { method: "DELETE" });
    setPending(false);
    if (!result.ok) {
      const { code, detail } = result.problem;
      setFailure(code === "offline" ? t("form.offline") : (detail ?? t("form.unexpected")));
      return;
    }
    setOpen(false);
    toast(t("toast.keyRemoved"));
    router.refresh();
  }

  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Trigger className="btn btn-quiet btn-bad" disabled={!awake}>
        {words.open}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <AlertDialog.Popup className="sheet fixed top-1/2 left-1/2 z-50 grid w-[26rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 gap-2 p-5 shadow-float">
          <AlertDialog.Title className="font-semibold text-[1rem]">{words.title}</AlertDialog.Title>
          <AlertDialog.Description className="text-pretty text-text-2">{words.text}</AlertDialog.Description>
          {failure && (
            <p role="alert" className="notice notice-bad">
              {failure}
            </p>
          )}
          <div className="mt-3 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close className="btn">{words.cancel}</AlertDialog.Close>
            <button type="button" className="btn btn-bad-full" disabled={pending} onClick={remove}>
              {words.confirm}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
