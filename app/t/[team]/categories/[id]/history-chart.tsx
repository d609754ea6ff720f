import { useLocale, useTranslations } from "next-intl";
import { letterAt } from "@/app/_ui/charts/compare-lines";
import { historyLines, IMPORTED, OWN } from "@/app/_ui/charts/history-lines";
import { LineChart } from "@/app/_ui/charts/line-chart";
import { LineSample } from "@/app/_ui/charts/line-sample";
import { useLabels } from "@/app/_ui/labels";
import { dayOfNumber, monthOfNumber } from "@/lib/insights/day-points";
import type { CategoryHistory } from "@/lib/insights/history-schemas";
import { day } from "@/lib/platform/format/date";
import { remarked } from "@/lib/platform/format/list";
import type { ImportedPoint } from "@/lib/tracking/import-schemas";
import type { OwnNumber } from "@/lib/tracking/own-number-schemas";
import type { CategoryAddress } from "./address";
import { isDrawn } from "./is-drawn";
import { useShownWords } from "./shown-words";

type Props = {
  chosen: Pick<CategoryAddress, "shown" | "window">;
  history: CategoryHistory;
  /** Drawn beside calendar months, with which they share their span. */
  numbers?: OwnNumber[];
  /** What the team's old sheets say, drawn apart. */
  imported?: ImportedPoint[];
  /** Whether there is anything of the region and window, whatever the span. */
  isStored?: boolean;
  name: string;
  now: Date;
  timeZone: string;
};

/** The course of one figure, and what may be said of it: how many of its points are independent of each other. */
export function HistoryChart({
  chosen,
  history,
  numbers = [],
  imported = [],
  isStored = true,
  name,
  now,
  timeZone,
}: Props) {
  const t = useTranslations("category");
  const tOwn = useTranslations("ownNumbers");
  const tImports = useTranslations("imports");
  const locale = useLocale();
  const labels = useLabels();
  const words = useShownWords();
  const { shown, window } = chosen;
  const isMonth = window === "month";
  const lines = historyLines(history, numbers, shown, timeZone, imported);
  const { chart, known, independent, own, changed, isImported } = lines;
  const isBeside = own !== null || isImported;
  if (!chart) {
    const nothing = isStored ? "noneInSpan" : "noneStored";
    const noValue = `noneOf.${shown === "rank" ? "rank" : "figure"}` as const;
    const drawn = isDrawn({ region: history.region, window, shown }, { history, numbers, imported });
    return <p className="px-1 py-6 text-center text-text-2">{t(drawn ? noValue : nothing)}</p>;
  }
  const nameOf = (key: string) => {
    if (key === IMPORTED) return tImports("line");
    if (key !== OWN) return tOwn("provider");
    return own?.currency ? tOwn("oursIn", { currency: own.currency }) : tOwn("ours");
  };
  const letterOf = (key: string) => letterAt(chart.lines.findIndex((line) => line.key === key));
  return (
    <>
      {isBeside && (
        <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-text-2">
          {chart.lines.map(
            ({ key, slot, last }, index) =>
              last && (
                <li key={key} className="inline-flex items-center gap-1.5">
                  <LineSample slot={slot} index={index} />
                  <span>{nameOf(key)}</span>
                </li>
              ),
          )}
        </ul>
      )}
      <LineChart
        chart={chart}
        label={t("chartOf", { figure: words.label(shown), name })}
        figureOf={(value) => words.value(value, shown).text}
        {...(isBeside ? { nameOf, letterOf } : {})}
        markOf={(at) =>
          isMonth ? labels.window(monthOfNumber(at)) : day(`${dayOfNumber(at)}T12:00:00Z`, now, locale, "UTC")
        }
      />
      <p className="mt-2 text-pretty text-text-3">
        {remarked([
          known > 0 && t("points", { count: known, unit: isMonth ? "month" : "day" }),
          !isMonth &&
            independent < known &&
            t("independent", { count: independent, window: labels.windowInText(window) }),
          chart.gaps.length > 0 && t("gaps"),
          changed && t("providerChanged"),
          history.cut && t("cut"),
          own && tOwn("warning"),
          isImported && tImports("warning"),
        ])}
      </p>
    </>
  );
}
