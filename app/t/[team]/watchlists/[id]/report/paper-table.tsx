import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { watchRows } from "@/app/t/[team]/watchlists/[id]/watch-rows";
import type { Metric } from "@/lib/insights/schemas";
import { MISSING } from "@/lib/platform/format/number";
import type { WatchView } from "@/lib/tracking/watch-view";

type Props = {
  view: WatchView;
  figures: readonly Metric[];
  /** How many windows back changes are counted. */
  span: number;
  now: Date;
  timeZone: string;
};

const TONES = { up: "text-up", down: "text-down", flat: "text-text-3", rounded: "text-text-3" } as const;

/** What is watched as a table for paper: without courses and buttons, each figure with its change. */
export function PaperTable({ view, figures, span, now, timeZone }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const rows = watchRows(view, figures, span, {
    t,
    locale,
    region: labels.region,
    age: (at) => labels.age(at, now),
    now,
    timeZone,
    watched: null,
  });
  return (
    <ScrollRegion label={t("watchlists.scroll")} className="overflow-x-auto">
      <table className="table answers" aria-label={t("watchlists.table")}>
        <thead>
          <tr>
            <th scope="col">{t("metric.position.label")}</th>
            <th scope="col" className="l">
              {t("metric.category.label")}
            </th>
            {figures.map((metric) => (
              <th key={metric} scope="col">
                {t(`metric.${metric}.label`)}
              </th>
            ))}
            <th scope="col">{t("watchlists.column.rank")}</th>
            <th scope="col">{t("watchlists.column.fetched")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id}>
              <td>{index + 1}</td>
              <th scope="row" className="l min-w-44 whitespace-normal!">
                <span lang="en">{row.name}</span>
                <span className="block text-text-3 text-xs">
                  {[row.regionName, row.above, ...row.tags].filter(Boolean).join(" · ")}
                </span>
                {row.note && <span className="block text-text-2 text-xs">{row.note}</span>}
              </th>
              {row.figures.map(({ text, change }, nth) => (
                <td key={figures[nth]}>
                  {text}
                  {change && (
                    <span className={`block text-xs ${TONES[change.tone]}`}>
                      {change.tone === "rounded" ? `≈ ${change.text}` : change.text}
                    </span>
                  )}
                </td>
              ))}
              <td>
                {row.rank ? `#${row.rank.rank}` : MISSING}
                {row.rank && <span className="block text-text-3 text-xs">{row.rank.day}</span>}
              </td>
              <td>{row.age?.exact ?? t("watchlists.notFetched")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
