import "server-only";
import { createTranslator } from "use-intl/core";
import type { Locale } from "./locale";
import { loadMessages } from "./messages";

type Values = Record<string, string | number | Date>;
export type Translate = ((key: string, values?: Values) => string) & { has: (key: string) => boolean };

const translators = new Map<Locale, Translate>();

/** A translator outside of pages (the HTTP API). An unknown key is a mistake of ours and throws. */
export function translator(locale: Locale): Translate {
  const known = translators.get(locale);
  if (known) return known;
  const translate = createTranslator({
    locale,
    messages: loadMessages(locale),
    onError: (error) => {
      throw error;
    },
  }) as unknown as Translate;
  translators.set(locale, translate);
  return translate;
}
