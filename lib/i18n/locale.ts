import "server-only";
import { LANGUAGES, type Language } from "@/lib/auth/schemas";

export const LOCALES = LANGUAGES;
export type Locale = Language;

/** Remembers the language of a browser that is not signed in. */
export const LANGUAGE_COOKIE = "nichebook.language";

const known = (text: string | null | undefined): Locale | null => LOCALES.find((locale) => locale === text) ?? null;

/** The best of `Accept-Language` (RFC 9110, 12.5.4): every Chinese reads zh-CN here, every English en. */
function fromHeader(header: string): Locale | null {
  const wishes = header
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const quality = parameters.find((parameter) => parameter.startsWith("q="));
      return { tag, weight: quality ? Number(quality.slice(2)) || 0 : 1 };
    })
    .filter(({ weight }) => weight > 0)
    // Sorting is stable: equal wishes keep the order of the header.
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wishes) {
    if (/^zh(-|$)/.test(tag)) return "zh-CN";
    if (/^en(-|$)/.test(tag)) return "en";
  }
  return null;
}

/** What the address names, else the account's own choice, else the browser's cookie, else its languages, else English. */
export function negotiateLocale(wishes: {
  named?: string | null | undefined;
  account?: string | null | undefined;
  cookie?: string | null | undefined;
  acceptLanguage?: string | null | undefined;
}): Locale {
  return (
    known(wishes.named) ??
    known(wishes.account) ??
    known(wishes.cookie) ??
    fromHeader(wishes.acceptLanguage ?? "") ??
    "en"
  );
}
