import { createTranslator } from "next-intl";
import { toast } from "sonner";
import { WORDS } from "./words";

/** Copies the address of what is shown, filters and all. */
export async function copyLink(locale: keyof typeof WORDS): Promise<void> {
  const t = createTranslator({ locale, messages: WORDS[locale], namespace: "moving" });
  // Without https there is no clipboard to write to.
  try {
    await navigator.clipboard.writeText(window.location.href);
    toast(t("copied"), { id: "copy" });
  } catch {
    toast(t("copyFailed"), { id: "copy", duration: 10_000 });
  }
}
