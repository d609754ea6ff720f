import { useLocale, useTranslations } from "next-intl";
import { figureText } from "@/app/_ui/metric-columns";
import { unitOf } from "@/app/_ui/metric-hint";
import type { Compared } from "@/lib/insights/compare-schemas";
import { exactNumber, MISSING } from "@/lib/platform/format/number";

/** Names and figures of what a category's page shows, in the reader's language. */
export const useShownWords = () => shownWords(useTranslations("metric"), useLocale());

/** The same outside of components. */
export function shownWords(t: ReturnType<typeof useTranslations<"metric">>, locale: string) {
  const column = (shown: Compared) => (shown === "rank" ? "position" : shown);
  return {
    label: (shown: Compared) => {
      if (shown === "rank") return t("position.name");
      return t(shown === "postsChangePct" ? "postsChangePct.full" : `${shown}.label`);
    },
    unit: (shown: Compared) => t(`units.${unitOf(column(shown))}`),
    value: (value: number | null, shown: Compared): { text: string; exact?: string } => {
      if (shown !== "rank") return figureText(value, shown, locale);
      return { text: value === null ? MISSING : `#${exactNumber(value, locale)}` };
    },
  };
}
