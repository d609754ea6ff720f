"use client";
import { Dialog } from "@base-ui/react/dialog";
import { NextIntlClientProvider, useLocale } from "next-intl";
import { FindPanel, type FindPanelProps } from "./find-panel";
import { KeysPanel } from "./keys-panel";
import { WORDS } from "./words";

/** What lies above the page while one looks something up, or reads which keys there are. */
export function Panels({ open, ...panel }: FindPanelProps & { open: "find" | "keys" }) {
  const locale = useLocale();
  return (
    <NextIntlClientProvider locale={locale} messages={WORDS[locale]}>
      <Dialog.Root open onOpenChange={(isOpen) => !isOpen && panel.onOpen(null)}>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/35" />
          {open === "find" ? <FindPanel {...panel} /> : <KeysPanel />}
        </Dialog.Portal>
      </Dialog.Root>
    </NextIntlClientProvider>
  );
}
