import { useLocale, useTranslations } from "next-intl";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { FullReceipt, RawRow } from "@/lib/insights/schemas";
import { exactNumber, MISSING } from "@/lib/platform/format/number";
import { RowPicker } from "./row-picker";

type Props = { receipt: FullReceipt; row: RawRow; slug: string };
type Figure = RawRow["figures"][number];

const UNITS = {
  categoryId: null,
  posts: "ads",
  postsChangePct: "percent",
  impressions: null,
  ctrPct: "percent",
  cvrPct: "percent",
  sixSecondViewRatePct: "percent",
  cost: "money",
  cpa: "money",
  likes: null,
  comments: null,
  shares: null,
} as const satisfies Record<Figure["figure"], string | null>;

/** One row: each figure as it is shown here, beside the field of the provider's that it was read from. */
export function RawRowPanel({ receipt, row, slug }: Props) {
  const t = useTranslations("receipts");
  const explore = useTranslations("explore");
  const metrics = useTranslations("metric");
  const locale = useLocale();
  const name = row.row.path.at(-1) ?? row.row.categoryId ?? explore("noCategory");
  const title = t("rowTitle", { place: row.place, name });
  return (
    <section className="sheet" aria-labelledby="receipt-row">
      <header className="px-3.5 pt-3 pb-2">
        <h2 id="receipt-row">{title}</h2>
        <p className="mt-0.5 text-pretty text-text-2">{t("rowText")}</p>
        <RowPicker receipt={receipt} slug={slug} place={row.place} />
      </header>
      <table className="table" aria-labelledby="receipt-row">
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("figure")}
            </th>
            <th scope="col">{t("shown")}</th>
            <th scope="col">{t("received")}</th>
          </tr>
        </thead>
        <tbody>
          {row.figures.map((figure) => (
            <tr key={figure.figure}>
              <th scope="row" className="l align-middle! whitespace-normal! text-[0.8125rem]! text-text!">
                {figure.figure === "categoryId" ? t("categoryId") : metrics(`${figure.figure}.label`)}
              </th>
              <td className="whitespace-normal!">
                {shown(figure)}
                <Unit of={figure.figure} />
              </td>
              <td className="whitespace-normal!">
                <Received figure={figure} isKept={row.text !== null} notThere={t("notThere")} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {row.text !== null && (
        <div className="border-line border-t px-3.5 py-3">
          <h3 className="mb-1.5 text-text-2">{t("rawRow")}</h3>
          <ScrollRegion label={t("rawRowText")} className="raw">
            <pre lang="en" dir="ltr">
              {row.text}
            </pre>
          </ScrollRegion>
        </div>
      )}
    </section>
  );

  function shown({ figure }: Figure): string {
    const value = row.row[figure];
    return typeof value === "number" ? exactNumber(value, locale) : (value ?? MISSING);
  }
}

function Unit({ of }: { of: Figure["figure"] }) {
  const t = useTranslations("receipts.unit");
  const unit = UNITS[of];
  return unit && <span className="block text-text-3 text-xs">{t(unit)}</span>;
}

function Received({ figure, isKept, notThere }: { figure: Figure; isKept: boolean; notThere: string }) {
  return (
    <>
      {figure.raw === null ? (
        <span className="text-text-3" title={isKept ? notThere : undefined}>
          {MISSING}
        </span>
      ) : (
        <code className="break-all whitespace-normal">{figure.raw}</code>
      )}
      <code className="block break-all whitespace-normal text-text-3 text-xs">{figure.field}</code>
    </>
  );
}
