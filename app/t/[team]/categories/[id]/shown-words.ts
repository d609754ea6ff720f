import { useLocale, useTranslations } from "next-intl";
import { figureText } from "@/app/_ui/metric-columns";
import { unitOf } from "@/app/_ui/metric-hint";
import type { Shown } from "@/lib/insights/category-tiles";
import { exactNumber, MISSING } from "@/lib/platform/format/number";

/** Names and figures of what a category's page shows, in the reader's language. */
export function useShownWords() {
  const t = useTranslations("metric");
  const locale = useLocale();
  const column = (shown: Shown) => (shown === "rank" ? "position" : shown);
  return {
    label: (shown: Shown) => (shown === "rank" ? t("position.name") : t(`${shown}.label`)),
    unit: (shown: Shown) => t(`units.${unitOf(column(shown))}`),
    value: (value: number | null, shown: Shown): { text: string; exact?: string } => {
      if (shown !== "rank") return figureText(value, shown, locale);
      return { text: value === null ? MISSING : `#${exactNumber(value, locale)}` };
    },
  };
}
