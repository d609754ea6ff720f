import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { figureText } from "@/app/_ui/metric-columns";
import { SaveTable } from "@/app/_ui/save-table";
import { SoftLink } from "@/app/_ui/soft-link";
import type { OwnFigure, OwnNumber } from "@/lib/tracking/own-number-schemas";
import { type CategoryAddress, categoryFileHref, categoryViewHref } from "./address";
import { OwnNumberForm } from "./own-number-form";
import { PasteOwnForm } from "./paste-own-form";

const FIGURES = ["ctrPct", "cvrPct", "sixSecondViewRatePct", "cpa", "cost"] as const satisfies readonly OwnFigure[];

type Props = {
  slug: string;
  id: string;
  chosen: CategoryAddress;
  numbers: OwnNumber[];
  /** `Option[]` as JSON, in the order of their names. */
  regionsJson: string;
  /** The last calendar month that is over. */
  month: string;
  canWrite: boolean;
};

/** What the team's own ads account says, by month and region. */
export function OwnNumbers({ slug, id, chosen, numbers, regionsJson, month, canWrite }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const form = { slug, categoryId: id, region: chosen.region, regionsJson, month };
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
      {numbers.length === 0 ? (
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
      <ul className="grid gap-2">
        {numbers.map((number) => (
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
      {numbers.length > 0 && (
        <p className="mt-1 flex flex-wrap justify-end print:hidden">
          <SaveTable href={categoryFileHref(slug, id, "own-numbers", chosen)} name={t("ownNumbers.title")} />
        </p>
      )}
    </section>
  );
}
