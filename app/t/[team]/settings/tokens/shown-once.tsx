"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

/** A new token, to be copied now: it is kept nowhere. Focus goes to it, so that it is also read aloud. */
export function ShownOnce({ name, token, onDone }: { name: string; token: string; onDone: () => void }) {
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
      await navigator.clipboard.writeText(token);
      setCopied(true);
    } catch {
      field.current?.select();
    }
  }

  return (
    <div className="notice notice-good grid gap-2">
      <p className="font-semibold">{t("madeTitle", { name })}</p>
      <p>{t("madeText")}</p>
      <div className="flex flex-wrap gap-2">
        <input
          ref={field}
          readOnly
          value={token}
          aria-label={t("token")}
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
