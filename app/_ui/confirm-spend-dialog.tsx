"use client";
import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useTranslations } from "next-intl";
import type { AskedPrice } from "./use-spend";

type Props = { asked: AskedPrice; decide: (goesOn: boolean) => void };

/** Asks once more before a purchase above the amount that the team has set: its price, and what would be left. */
export function ConfirmSpendDialog({ asked, decide }: Props) {
  const t = useTranslations("client");
  const price = t("spend.credits", { count: asked.priceCredits });
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && decide(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <AlertDialog.Popup className="sheet fixed top-1/2 left-1/2 z-50 grid w-[26rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 gap-2 p-5 shadow-float">
          <AlertDialog.Title className="num font-semibold text-[1rem]">
            {t("confirm.title", { price })}
          </AlertDialog.Title>
          <AlertDialog.Description className="num text-pretty text-text-2">
            {asked.left === null ? t("confirm.noLimit") : t("confirm.left", { left: asked.left })}
          </AlertDialog.Description>
          <div className="mt-3 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close className="btn">{t("confirm.cancel")}</AlertDialog.Close>
            <button type="button" className="btn btn-spend" onClick={() => decide(true)}>
              {t("confirm.go", { price })}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
