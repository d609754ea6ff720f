import "server-only";
import en from "@/messages/en.json";
import apiEn from "@/messages/parts/api.en.json";
import apiZh from "@/messages/parts/api.zh-CN.json";
import zh from "@/messages/zh-CN.json";
import type { Locale } from "./locale";

export type Messages = { [key: string]: string | Messages };

const PARTS: Record<Locale, Messages[]> = { en: [en, apiEn], "zh-CN": [zh, apiZh] };

function merge(into: Messages, part: Messages): Messages {
  for (const [key, value] of Object.entries(part)) {
    const before = into[key];
    into[key] =
      typeof value === "object" && typeof before === "object"
        ? merge(before, value)
        : typeof value === "object"
          ? merge({}, value)
          : value;
  }
  return into;
}

const merged = new Map<Locale, Messages>();

/** Every message of a language, as one tree; merged once. */
export function loadMessages(locale: Locale): Messages {
  const known = merged.get(locale);
  if (known) return known;
  const messages = PARTS[locale].reduce(merge, {});
  merged.set(locale, messages);
  return messages;
}
