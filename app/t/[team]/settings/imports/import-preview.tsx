"use client";
import { useLocale, useTranslations } from "next-intl";
import { exactNumber } from "@/lib/platform/format/number";
import type { ImportedFigure, ImportReport } from "@/lib/tracking/import-schemas";

/** What every line needs, or takes from what is chosen above. */
const PLACE = ["month", "category", "region"] as const;

type Props = {
  report: ImportReport;
  regions: { code: string; name: string }[];
  isChecked: boolean;
  figures: readonly ImportedFigure[];
};

/** What each column is taken to hold, to be changed, and the first lines as they are understood so. */
export function ImportPreview({ report, regions, isChecked, figures: all }: Props) {
  const t = useTranslations("client.imports");
  const locale = useLocale();
  const { columns, first, rows, missed, misses, lacks } = report;
  const names = new Map(regions.map(({ code, name }) => [code, name]));
  const shown = all.filter((figure) => first.some(({ figures }) => figures[figure] !== undefined));
  return (
    <>
      <fieldset className="grid min-w-0 gap-2">
        <legend className="font-medium">{t("columns")}</legend>
        <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
          {columns.map(({ head, holds }, nth) => (
            // A sheet may have two columns of one head, and their places do not change.
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <div key={nth} className="field min-w-0">
              <label htmlFor={`column-${nth}`} className="wrap-anywhere">
                {head || t("noHead", { nth: nth + 1 })}
              </label>
              <select id={`column-${nth}`} name={`column.${nth}`} className="input" defaultValue={holds ?? ""}>
                <option value="">{t("leftAlone")}</option>
                {[...PLACE, ...all].map((column) => (
                  <option key={column} value={column}>
                    {t(`holds.${column}`)}
                  </option>
                ))}
              </select>
            </div>
          ))}
        </div>
      </fieldset>
      <div role="status" className="grid min-w-0 gap-2">
        {isChecked && <p className="font-medium">{lacks ? t(`lacks.${lacks}`) : t("report", { rows, missed })}</p>}
        {isChecked && first.length > 0 && (
          <section className="max-h-80 min-w-0 overflow-auto" aria-label={t("first")}>
            <table className="table answers" aria-label={t("first")}>
              <thead>
                <tr>
                  {PLACE.map((column) => (
                    <th key={column} scope="col" className="l">
                      {t(`holds.${column}`)}
                    </th>
                  ))}
                  {shown.map((figure) => (
                    <th key={figure} scope="col">
                      {t(`holds.${figure}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {first.map(({ line, at, name, categoryId, region, figures }) => (
                  <tr key={line}>
                    <th scope="row" className="l">
                      {at}
                    </th>
                    <td className="l">{name ?? categoryId}</td>
                    <td className="l">{names.get(region) ?? region}</td>
                    {shown.map((figure) => {
                      const value = figures[figure];
                      return <td key={figure}>{value === undefined ? "—" : exactNumber(value, locale)}</td>;
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {isChecked && misses.length > 0 && (
          <ul aria-label={t("misses")} className="grid max-h-56 gap-0.5 overflow-y-auto text-text-2">
            {misses.map(({ line, text, reason }) => (
              <li key={line} className="wrap-anywhere">
                <span className="num text-text-3">{t("line", { line })}</span> “{text}” · {t(`reason.${reason}`)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
