"use client";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useAwake } from "./use-awake";

const LANGUAGES = [
  { code: "en", name: "English" },
  { code: "zh-CN", name: "中文" },
] as const;

/** The language of the public pages, kept in a cookie of this browser. Each language is named in itself. */
export function LanguageSwitch({ label }: { label: string }) {
  const router = useRouter();
  const awake = useAwake();
  const current = useLocale();

  function choose(code: string) {
    // biome-ignore lint/suspicious/noDocumentCookie: the CookieStore API is missing in browsers that we serve
    document.cookie = `nichebook.language=${code}; path=/; max-age=31536000; samesite=lax`;
    router.refresh();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would name a group of fields, these are buttons
    <div role="group" aria-label={label} className="flex gap-0.5">
      {LANGUAGES.map(({ code, name }) => (
        <button
          key={code}
          type="button"
          lang={code}
          className="tab"
          aria-pressed={code === current}
          disabled={!awake}
          onClick={() => choose(code)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
