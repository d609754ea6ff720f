import "server-only";
import type { Locale } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/translate";
import { calendarMonth } from "@/lib/platform/format/date";
import { regionNames } from "@/lib/platform/format/region-names";

/** Names of regions and short ones of time windows, for what is said outside of pages. */
export function placeWords(t: Translate, locale: Locale) {
  return {
    region: regionNames(locale, (code) => t(`region.${code}`)),
    window: (window: string) => (window.includes("-") ? calendarMonth(window, locale) : t(`window.short.${window}`)),
  };
}
