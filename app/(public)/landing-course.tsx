import { useLocale, useTranslations } from "next-intl";
import { LineChart } from "@/app/_ui/charts/line-chart";
import { prepareLineChart } from "@/lib/charts/prepare-line-chart";
import { dayNumber, dayOfNumber } from "@/lib/insights/day-points";
import { day } from "@/lib/platform/format/date";
import { compactNumber } from "@/lib/platform/format/number";

const FROM = dayNumber("2026-08-31");
/** Thousands of ads by day; null: nobody fetched. */
const POSTS = [
  39.5,
  39.9,
  40.2,
  40.1,
  41,
  41.6,
  41.4,
  42.3,
  43.1,
  44.8,
  45.2,
  46.9,
  47.3,
  48.8,
  48.1,
  ...Array<null>(9).fill(null),
  52.6,
  53.9,
  54.4,
  56.1,
  57.8,
  57.2,
  58.9,
  60.4,
  61.2,
];

/** A figure's course as a category's page draws it: with the days on which nobody fetched left open. */
export function LandingCourse() {
  const t = useTranslations("landing");
  const locale = useLocale();
  const to = FROM + POSTS.length - 1;
  const points = POSTS.map((value, index) => ({ x: FROM + index, value: value && value * 1000 }));
  const chart = prepareLineChart({ series: [{ key: "posts", slot: 0, points }], from: FROM, to, maxGap: 7 });
  const dayOf = (at: number) => day(dayOfNumber(at), dayOfNumber(to), locale, "UTC");
  return (
    <figure className="sheet grid grid-rows-[auto_1fr_auto] gap-2 p-4">
      <figcaption>
        <strong className="block font-semibold">{t("courseTitle")}</strong>
        <span className="text-pretty text-text-2">{t("courseText")}</span>
      </figcaption>
      {chart && (
        <LineChart
          chart={chart}
          label={t("courseTitle")}
          figureOf={(value) => compactNumber(value, locale)}
          markOf={dayOf}
        />
      )}
      <p className="text-text-3 text-xs">{t("preview")}</p>
    </figure>
  );
}
