import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { Tile } from "@/lib/insights/category-tiles";
import type { CategoryNow } from "@/lib/insights/read-category-now";
import { day } from "@/lib/platform/format/date";
import { MISSING } from "@/lib/platform/format/number";
import { ShownChange } from "./shown-change";
import { useShownWords } from "./shown-words";

type Props = {
  tiles: Tile[];
  now: CategoryNow;
  /** What the category is compared within. */
  topName: string | null;
  at: Date;
  timeZone: string;
};

/** Each figure with its change and its place among its peers, as a table for paper. */
export function FiguresTable({ tiles, now, topName, at, timeZone }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const words = useShownWords();
  const since =
    now.before &&
    (now.before.window.includes("-")
      ? labels.window(now.before.window)
      : day(now.before.fetchedAt, at, locale, timeZone));
  return (
    <ScrollRegion label={t("report.figuresScroll")} className="overflow-x-auto">
      <table className="table answers" aria-label={t("category.figures")}>
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("report.figure")}
            </th>
            <th scope="col">{t("report.value")}</th>
            <th scope="col" className="l">
              {t("report.change")}
            </th>
            <th scope="col" className="l">
              {t("report.percentile")}
            </th>
          </tr>
        </thead>
        <tbody>
          {tiles.map((tile) => (
            <tr key={tile.shown}>
              <th scope="row" className="l">
                {words.label(tile.shown)}
              </th>
              <td>{words.value(tile.value, tile.shown).text}</td>
              <td className="l">
                <ShownChange metric={tile.shown} {...tile} since={since} />
              </td>
              <td className="l whitespace-normal! text-text-2">
                {tile.percentile
                  ? t(`category.${tile.look === "low" ? "lowerThan" : "higherThan"}`, {
                      pct: Math.round(tile.percentile.pct),
                      of: tile.percentile.of,
                      top: topName ?? t("category.noTop"),
                    })
                  : MISSING}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
