import { useLocale, useTranslations } from "next-intl";
import { LineChart } from "@/app/_ui/charts/line-chart";
import { useLabels } from "@/app/_ui/labels";
import { prepareLineChart } from "@/lib/charts/prepare-line-chart";
import {
  countIndependent,
  dayNumber,
  dayOfNumber,
  dayPoints,
  maxGapOf,
  monthNumber,
  monthOfNumber,
} from "@/lib/insights/day-points";
import type { CategoryHistory } from "@/lib/insights/history-schemas";
import { day } from "@/lib/platform/format/date";
import type { CategoryAddress } from "./address";
import { useShownWords } from "./shown-words";

type Props = {
  chosen: Pick<CategoryAddress, "shown" | "window">;
  history: CategoryHistory;
  name: string;
  now: Date;
  timeZone: string;
};

/** The course of one figure, and what may be said of it: how many of its points are independent of each other. */
export function HistoryChart({ chosen, history, name, now, timeZone }: Props) {
  const t = useTranslations("category");
  const locale = useLocale();
  const labels = useLabels();
  const words = useShownWords();
  const { shown, window } = chosen;
  const isMonth = window === "month";
  const points = dayPoints(history.points, timeZone).map((point) => ({ x: point.x, value: point[shown] }));
  const known = points.filter(({ value }) => value !== null);
  const place = isMonth ? monthNumber : dayNumber;
  const chart = prepareLineChart({
    series: [{ key: shown, slot: 0, points }],
    // Nothing lies before the first stored point: the chart begins there.
    from: Math.max(place(history.from), points[0]?.x ?? 0),
    to: isMonth ? Math.min(place(history.to), points.at(-1)?.x ?? 0) : place(history.to),
    maxGap: maxGapOf(window),
    isRank: shown === "rank",
  });
  if (!chart)
    return <p className="px-1 py-6 text-center text-text-2">{t(`noneOf.${shown === "rank" ? "rank" : "figure"}`)}</p>;
  const independent = countIndependent(
    known.map(({ x }) => x),
    window,
  );
  return (
    <>
      <LineChart
        chart={chart}
        label={t("chartOf", { figure: words.label(shown), name })}
        figureOf={(value) => words.value(value, shown).text}
        markOf={(at) =>
          isMonth ? labels.window(monthOfNumber(at)) : day(`${dayOfNumber(at)}T12:00:00Z`, now, locale, "UTC")
        }
      />
      <p className="mt-2 text-pretty text-text-3">
        {[
          t("points", { count: known.length, unit: isMonth ? "month" : "day" }),
          !isMonth && window !== "1" && t("independent", { count: independent, window: labels.windowInText(window) }),
          chart.gaps.length > 0 && t("gaps"),
          history.cut && t("cut"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </>
  );
}
