import { useTranslations } from "next-intl";
import { SaveTable } from "@/app/_ui/save-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { Tile } from "@/lib/insights/category-tiles";
import type { CategoryNow } from "@/lib/insights/read-category-now";
import { MISSING } from "@/lib/platform/format/number";
import { ShownChange } from "./shown-change";
import { useShownWords, useTileWords } from "./shown-words";

type Props = {
  tiles: Tile[];
  now: CategoryNow;
  /** What the category is compared within. */
  topName: string | null;
  at: Date;
  timeZone: string;
  /** The same as a file. */
  fileHref: string;
};

/** Each figure with its change and its place among its peers, as a table for paper. */
export function FiguresTable({ tiles, now, topName, at, timeZone, fileHref }: Props) {
  const t = useTranslations();
  const words = useShownWords();
  const { since, place } = useTileWords({ now, topName, at, timeZone });
  return (
    <>
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
                <td className="l min-w-64 whitespace-normal! text-text-2">{place(tile) ?? MISSING}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="flex flex-wrap justify-end pt-1 print:hidden">
        <SaveTable href={fileHref} name={t("category.figures")} />
      </p>
    </>
  );
}
