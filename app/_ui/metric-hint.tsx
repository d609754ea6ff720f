import { useTranslations } from "next-intl";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import type { SortKey } from "@/lib/insights/sort-rows";

/** The key of a column's unit. */
export function unitOf(column: SortKey) {
  if (column === "position") return "place";
  return column === "category" ? "text" : METRIC_DICTIONARY[column].unit;
}

/** What a column means, its trap and its unit; of a tinted one also how its cells are tinted. */
export function metricHint(t: ReturnType<typeof useTranslations<"metric">>, column: SortKey, tinted = false): string {
  const better = column === "position" || column === "category" ? null : METRIC_DICTIONARY[column].better;
  const tint = tinted && better && t(better === "high" ? "darkerHigh" : "darkerLow");
  return [t(`${column}.meaning`), t(`${column}.trap`), `${t(`units.${unitOf(column)}`)}.`, tint]
    .filter(Boolean)
    .join(" ");
}

type Props = {
  id: string;
  column: SortKey;
  /** The column's cells are tinted by how they compare with the others. */
  tinted?: boolean;
};

/** The text that a column's head names and the tip layer shows. */
export function MetricHint({ id, column, tinted = false }: Props) {
  const t = useTranslations("metric");
  return (
    <span id={id} hidden>
      {metricHint(t, column, tinted)}
    </span>
  );
}
