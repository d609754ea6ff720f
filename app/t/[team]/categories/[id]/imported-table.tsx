import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { MetricHead } from "@/app/_ui/metric-head";
import { MOST_ON_PAPER, OnPaper } from "@/app/_ui/report/on-paper";
import { SaveFoot } from "@/app/_ui/save-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { SoftLink } from "@/app/_ui/soft-link";
import type { TableAddress } from "@/app/_ui/table-address";
import { TablePages } from "@/app/_ui/table-pages";
import { fullDay } from "@/lib/platform/format/date";
import { tablePageOf } from "@/lib/platform/format/table-page";
import { IMPORTED_FIGURES, type ImportedPoint } from "@/lib/tracking/import-schemas";
import { CATEGORY_ROWS } from "./address";
import { useShownWords } from "./shown-words";

type Props = {
  slug: string;
  points: readonly ImportedPoint[];
  /** Where its pages are; left out on paper, which has none. */
  table?: TableAddress;
  /** The same as a file; left out where it is printed. */
  fileHref?: string;
  /** A few are open by themselves; a report shows all that it has. */
  isOpen?: boolean;
};

const FEW = 12;

/** What the team's old sheets say in the span that is shown, newest first: apart from the answers, and without a receipt. */
export function ImportedTable({ slug, points, table, fileHref, isOpen }: Props) {
  const t = useTranslations("imports");
  const locale = useLocale();
  const labels = useLabels();
  const words = useShownWords();
  const shown = IMPORTED_FIGURES.filter((figure) => points.some(({ figures }) => figures[figure] !== undefined));
  const newest = [...points].reverse();
  const page = table ? tablePageOf(newest, { ...table.look, q: "" }, () => [], CATEGORY_ROWS.imported) : null;
  const isTurned = page !== null && page.page > 1;
  return (
    <details
      id="imported"
      className="sheet mt-3 print:break-inside-auto"
      open={isOpen ?? (points.length <= FEW || isTurned)}
    >
      <summary className="px-3.5 py-2.5 font-semibold">{t("pointsTitle", { count: points.length })}</summary>
      <p className="px-3.5 pb-2 text-pretty text-text-3">
        {t("warning")}{" "}
        <SoftLink href={`/t/${slug}/settings/imports`} className="link">
          {t("title")}
        </SoftLink>
      </p>
      <ScrollRegion label={t("pointsScroll")} className="max-h-[28rem] overflow-auto">
        <table className="table answers" aria-label={t("points")}>
          <thead>
            <tr>
              <th scope="col" className="l">
                {t("at")}
              </th>
              {shown.map((figure) => (
                <MetricHead key={figure} column={figure === "rank" ? "position" : figure} label={words.label(figure)} />
              ))}
              <th scope="col" className="l">
                {t("sheet")}
              </th>
            </tr>
          </thead>
          <tbody>
            {(page?.items ?? newest.slice(0, MOST_ON_PAPER)).map(({ at, figures, importName }) => (
              <tr key={at}>
                <th scope="row" className="l">
                  {at.length === 7 ? labels.window(at) : fullDay(at, locale)}
                </th>
                {shown.map((figure) => {
                  const { text, exact } = words.value(figures[figure] ?? null, figure);
                  return (
                    <td key={figure} title={exact}>
                      {text}
                    </td>
                  );
                })}
                <td className="l text-text-3">{importName}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {table && page ? (
        <TablePages address={table} shown={page} table={t("points")} rows={CATEGORY_ROWS.imported} />
      ) : (
        <OnPaper shown={MOST_ON_PAPER} all={points.length} />
      )}
      {fileHref && <SaveFoot href={fileHref} name={t("points")} />}
    </details>
  );
}
