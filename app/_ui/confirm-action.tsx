"use client";
import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import type { CallResult } from "./call-api";
import { FormFailure } from "./form-failure";

type Props<Answer> = {
  open: boolean;
  onClose: () => void;
  title: string;
  text: string;
  confirm: string;
  /** It takes something away, or cannot be undone with one press. */
  isBad?: boolean;
  /** False while something in `children` is still to be typed. */
  isReady?: boolean;
  children?: ReactNode;
  call: () => Promise<CallResult<Answer>>;
  onDone: (answer: Answer) => void;
};

/** Asks once more, says what will happen, does it, and tells in place why it could not. */
export function ConfirmAction<Answer>(props: Props<Answer>) {
  const { open, onClose, title, text, confirm, isBad = false, isReady = true, children, call, onDone } = props;
  const t = useTranslations("client");
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function go(event: FormEvent) {
    event.preventDefault();
    if (!isReady || pending) return;
    setPending(true);
    setFailure(null);
    const result = await call();
    setPending(false);
    if (result.ok) {
      onClose();
      onDone(result.data);
      return;
    }
    const { code, detail, errors } = result.problem;
    setFailure(code === "offline" ? t("form.offline") : (errors?.[0]?.message ?? detail ?? t("form.unexpected")));
  }

  function close() {
    setFailure(null);
    onClose();
  }

  return (
    <AlertDialog.Root open={open} onOpenChange={(isOpen) => !isOpen && close()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <AlertDialog.Popup className="sheet fixed top-1/2 left-1/2 z-50 w-[26rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 p-5 shadow-float">
          <form method="post" noValidate onSubmit={go} className="grid gap-2">
            <AlertDialog.Title className="wrap-anywhere font-semibold text-[1rem]">{title}</AlertDialog.Title>
            <AlertDialog.Description className="text-pretty text-text-2">{text}</AlertDialog.Description>
            {children}
            <FormFailure text={failure} />
            <div className="mt-3 flex flex-wrap justify-end gap-2">
              <AlertDialog.Close className="btn">{t("action.cancel")}</AlertDialog.Close>
              <button
                type="submit"
                className={`btn ${isBad ? "btn-bad-full" : "btn-primary"}`}
                disabled={!isReady || pending}
              >
                {confirm}
              </button>
            </div>
          </form>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
