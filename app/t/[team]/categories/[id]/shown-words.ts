import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { figureText } from "@/app/_ui/metric-columns";
import { unitOf } from "@/app/_ui/metric-hint";
import type { Tile } from "@/lib/insights/category-tiles";
import type { Compared } from "@/lib/insights/compare-schemas";
import type { CategoryNow } from "@/lib/insights/read-category-now";
import { day } from "@/lib/platform/format/date";
import { exactNumber, MISSING } from "@/lib/platform/format/number";

type TileFacts = {
  now: CategoryNow;
  /** What the category is compared within. */
  topName: string | null;
  at: Date;
  timeZone: string;
};

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

/** Since when a category's figures are compared, and what a figure's place among its peers says. */
export function useTileWords({ now, topName, at, timeZone }: TileFacts) {
  const t = useTranslations("category");
  const locale = useLocale();
  const labels = useLabels();
  const { before } = now;
  return {
    // Of calendar months the month says since when, and not the day on which it was fetched.
    since:
      before &&
      (before.window.includes("-") ? labels.window(before.window) : day(before.fetchedAt, at, locale, timeZone)),
    place: ({ percentile, look }: Tile): string | null =>
      percentile &&
      t(look === "low" ? "lowerThan" : "higherThan", {
        pct: Math.round(percentile.pct),
        of: percentile.of,
        top: topName ?? t("noTop"),
      }),
  };
}
