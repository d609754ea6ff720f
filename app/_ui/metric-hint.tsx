import { useTranslations } from "next-intl";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import type { SortKey } from "@/lib/insights/sort-rows";

/** The key of a column's unit. */
export function unitOf(column: SortKey) {
  if (column === "position") return "place";
  return column === "category" ? "text" : METRIC_DICTIONARY[column].unit;
}

type Props = {
  id: string;
  column: SortKey;
  /** The column's cells are tinted by how they compare with the others. */
  tinted?: boolean;
};

/** What a column means, its trap and its unit: the text that its head names and the tip layer shows. */
export function MetricHint({ id, column, tinted = false }: Props) {
  const t = useTranslations("metric");
  const better = column === "position" || column === "category" ? null : METRIC_DICTIONARY[column].better;
  const tint = tinted && better && t(better === "high" ? "darkerHigh" : "darkerLow");
  return (
    <span id={id} hidden>
      {[t(`${column}.meaning`), t(`${column}.trap`), `${t(`units.${unitOf(column)}`)}.`, tint]
        .filter(Boolean)
        .join(" ")}
    </span>
  );
}
