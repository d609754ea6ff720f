"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";

type Props = {
  text: string;
  /** What it is, for whoever does not see it. */
  label: string;
};

/** A command that can be copied with one press, or selected where the browser does not let a page copy. */
export function CopyText({ text, label }: Props) {
  const t = useTranslations("client.apiHelp");
  const [copied, setCopied] = useState(false);

  async function copy() {
    // Without https there is no clipboard to write to: the text is selected as a whole by one press.
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  }

  return (
    <div className="grid items-start gap-2 sm:grid-cols-[minmax(0,1fr)_auto]">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways can be scrolled with the keyboard
        tabIndex={0}
        aria-label={label}
        className="overflow-x-auto rounded-md bg-sunk px-3 py-2 text-xs"
      >
        <pre className="select-all">{text}</pre>
      </section>
      <button type="button" className="btn justify-self-start" onClick={copy} aria-label={t("copyOf", { what: label })}>
        <span aria-live="polite">{t(copied ? "copied" : "copy")}</span>
      </button>
    </div>
  );
}
