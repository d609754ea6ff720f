import { getTranslations } from "next-intl/server";
import { unitOf } from "@/app/_ui/metric-hint";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { METRIC_DICTIONARY } from "@/lib/insights/metric-dictionary";
import { SORT_KEYS } from "@/lib/insights/sort-rows";

/** Every column with its meaning, unit and trap. */
export async function MetricTable() {
  const [t, metric] = await Promise.all([getTranslations("help"), getTranslations("metric")]);
  const betterOf = (column: (typeof SORT_KEYS)[number]) => {
    if (column === "position" || column === "category") return t("neither");
    return t(METRIC_DICTIONARY[column].better ?? "neither");
  };
  return (
    <div className="sheet">
      <ScrollRegion label={t("scroll")} className="overflow-x-auto">
        <table className="table help cards" aria-label={t("table")}>
          <thead>
            <tr>
              {(["column", "meaning", "trap", "unit", "better"] as const).map((head) => (
                <th key={head} scope="col" className="l">
                  {t(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {SORT_KEYS.map((column) => (
              <tr key={column} id={column}>
                <th scope="row" className="l">
                  {metric(column === "position" ? "position.name" : `${column}.label`)}
                </th>
                <td className="l">{metric(`${column}.meaning`)}</td>
                <td className="l" data-label={t("trap")}>
                  {metric(`${column}.trap`)}
                </td>
                <td className="l" data-label={t("unit")}>
                  {metric(`units.${unitOf(column)}`)}
                </td>
                <td className="l" data-label={t("better")}>
                  {betterOf(column)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}
