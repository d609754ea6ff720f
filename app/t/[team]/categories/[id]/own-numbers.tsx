import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { figureText } from "@/app/_ui/metric-columns";
import { OnPaper } from "@/app/_ui/report/on-paper";
import { SaveTable } from "@/app/_ui/save-table";
import { SoftLink } from "@/app/_ui/soft-link";
import type { TableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import type { TablePage } from "@/lib/platform/format/table-page";
import type { OwnFigure, OwnNumber } from "@/lib/tracking/own-number-schemas";
import { CATEGORY_ROWS, type CategoryAddress, categoryFileHref, categoryViewHref } from "./address";
import { OwnNumberForm } from "./own-number-form";
import { PasteOwnForm } from "./paste-own-form";

const FIGURES = ["ctrPct", "cvrPct", "sixSecondViewRatePct", "cpa", "cost"] as const satisfies readonly OwnFigure[];

type Props = {
  slug: string;
  id: string;
  chosen: CategoryAddress;
  shown: TablePage<OwnNumber>;
  /** Where its pages are; null on paper, which has none. */
  table: TableAddress | null;
  /** `Option[]` as JSON, in the order of their names. */
  regionsJson: string;
  /** The last calendar month that is over. */
  month: string;
  canWrite: boolean;
};

/** What the team's own ads account says, by month and region. */
export function OwnNumbers({ slug, id, chosen, shown, table, regionsJson, month, canWrite }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const form = { slug, categoryId: id, region: chosen.region, regionsJson, month };
  const isNone = shown.total === 0 && !table?.look.q;
  const isAmount = (figure: OwnFigure) => figure === "cpa" || figure === "cost";
  return (
    <section id="own-numbers" className="sheet mt-3 p-3.5" aria-label={t("ownNumbers.title")}>
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="grow">{t("ownNumbers.title")}</h2>
        {canWrite && (
          <>
            <OwnNumberForm {...form} number={null} />
            <PasteOwnForm slug={slug} categoryId={id} region={chosen.region} regionsJson={regionsJson} />
          </>
        )}
      </div>
      {isNone ? (
        <p className="text-pretty text-text-2">{t(canWrite ? "ownNumbers.none" : "ownNumbers.noneViewer")}</p>
      ) : (
        <p className="mb-2 text-pretty text-text-3">
          {t("ownNumbers.warning")}{" "}
          {chosen.window !== "month" && (
            <SoftLink href={categoryViewHref(slug, id, chosen, { window: "month" })} scroll={false} className="link">
              {t("ownNumbers.drawn")}
            </SoftLink>
          )}
        </p>
      )}
      {table && (
        <div className="-mx-3">
          <TableFind address={table} shown={shown} table={t("ownNumbers.title")} />
        </div>
      )}
      {table && shown.total === 0 && !isNone && <NothingFound address={table} table={t("ownNumbers.title")} />}
      <ul className="grid gap-2">
        {shown.items.map((number) => (
          <li
            key={number.id}
            className="flex flex-wrap items-baseline gap-x-4 border-line border-t pt-2 first:border-0 first:pt-0"
          >
            <p className="num flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
              <strong>{`${labels.window(number.month)} · ${labels.region(number.region)}`}</strong>
              {FIGURES.map((figure) => {
                const { text, exact } = figureText(number[figure], figure, locale);
                return (
                  number[figure] !== null && (
                    <span key={figure} title={exact}>
                      <span className="text-text-3">{t(`metric.${figure}.short`)}</span> {text}
                      {isAmount(figure) && ` ${number.currency}`}
                    </span>
                  )
                );
              })}
              <span className="text-text-3">{number.maker?.name ?? t("notes.gone")}</span>
            </p>
            {canWrite && <OwnNumberForm {...form} number={number} />}
          </li>
        ))}
      </ul>
      {table ? (
        <div className="-mx-3 mt-2 empty:hidden">
          <TablePages address={table} shown={shown} table={t("ownNumbers.title")} rows={CATEGORY_ROWS.own} />
        </div>
      ) : (
        <OnPaper shown={shown.items.length} all={shown.total} />
      )}
      {shown.total > 0 && (
        <p className="mt-1 flex flex-wrap justify-end print:hidden">
          <SaveTable href={categoryFileHref(slug, id, "own-numbers", chosen)} name={t("ownNumbers.title")} />
        </p>
      )}
    </section>
  );
}
