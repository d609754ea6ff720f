"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

type Props = { title: string; text: string; label: string; value: string; onDone: () => void };

/** A new secret, to be copied now: it is never shown again. Focus goes to it, so that it is also read aloud. */
export function ShownOnce({ title, text, label, value, onDone }: Props) {
  const t = useTranslations("client.tokens");
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  async function copy() {
    // Without https there is no clipboard to write to: then the selected text can be copied by hand.
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      field.current?.select();
    }
  }

  return (
    <div className="notice notice-good grid gap-2">
      <p className="font-semibold">{title}</p>
      <p>{text}</p>
      <div className="flex flex-wrap gap-2">
        <input
          ref={field}
          readOnly
          value={value}
          aria-label={label}
          className="input num min-w-0 flex-1 basis-56"
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" className="btn" onClick={copy}>
          <span aria-live="polite">{t(copied ? "copied" : "copy")}</span>
        </button>
        <button type="button" className="btn btn-quiet" onClick={onDone}>
          {t("done")}
        </button>
      </div>
    </div>
  );
}
