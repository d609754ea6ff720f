import { useLocale, useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { ageOf } from "@/lib/platform/format/age";
import { calendarMonth } from "@/lib/platform/format/date";
import { regionNames } from "@/lib/platform/format/region-names";

type Translate = ReturnType<typeof useTranslations<never>>;
type Query = { region: string; window: string; category?: string | null; q?: string | null; page?: number };

const ROLLING = ["1", "7", "30"] as const;
const rolling = (window: string) => ROLLING.find((days) => days === window);

/** The same outside of components. */
export function labelsOf(t: Translate, locale: string) {
  const region = regionNames(locale, (code) => t(`region.${code}`));
  const windowText = (window: string, kind: "short" | "inText"): string => {
    const days = rolling(window);
    return days ? t(`window.${kind}.${days}`) : calendarMonth(window, locale);
  };
  return {
    region,
    /** "Last 7 days", "October 2026" */
    window: (window: string): string => {
      const days = rolling(window);
      return days ? t(`window.${days}`) : calendarMonth(window, locale);
    },
    /** "last 7 days", in the middle of a sentence */
    windowInText: (window: string) => windowText(window, "inText"),
    /** "United States · 7 days · Perfume · “mist” · page 2"; `brief` writes "US" where the language has no short name. */
    question: (query: Query, { categoryName, brief }: { categoryName?: string | null; brief?: boolean } = {}): string =>
      [
        brief && locale === "en" && query.region !== "all_regions" ? query.region : region(query.region),
        windowText(query.window, "short"),
        query.category ? (categoryName ?? t("explore.unknownCategory", { id: query.category })) : null,
        query.q ? t("question.keyword", { keyword: query.q }) : null,
        query.page && query.page > 1 ? t("question.page", { page: query.page }) : null,
      ]
        .filter(Boolean)
        .join(" · "),
    /** "3 h ago" */
    age: (at: string | Date, now: string | Date): string => {
      const { unit, count } = ageOf(at, now);
      return t(`unit.age.${unit}`, { count });
    },
    /** "2 credits" */
    credits: (count: number) => t("unit.credits", { count }),
  };
}

export type Labels = ReturnType<typeof labelsOf>;

/** Words for regions, windows, questions, ages and prices in the reader's language; for components. */
export const useLabels = (): Labels => labelsOf(useTranslations(), useLocale());

/** The same for pages. */
export const getLabels = async (): Promise<Labels> => labelsOf(await getTranslations(), await getLocale());
