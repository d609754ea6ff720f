import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/app/_ui/money";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { StatementFigures, StatementLine } from "@/lib/credits/read-statement";
import type { Price } from "@/lib/platform/format/money";
import { exactNumber } from "@/lib/platform/format/number";

type Props = {
  title: string;
  column: string;
  lines: StatementLine[];
  total: StatementFigures;
  price: Price | null;
};

/** Lines of one kind and, below them, what they add up to. */
export function StatementLines({ title, column, lines, total, price }: Props) {
  const t = useTranslations("statement");
  const locale = useLocale();
  const figures = ({ requests, charged, unsettled }: StatementFigures) => (
    <>
      <td>{exactNumber(requests, locale)}</td>
      <td>{exactNumber(charged, locale)}</td>
      {price && (
        <td>
          <Money credits={charged} price={price} />
        </td>
      )}
      <td className={unsettled === 0 ? "text-text-3" : ""}>{exactNumber(unsettled, locale)}</td>
    </>
  );
  return (
    <section className="min-w-0">
      <h2 className="mb-1">{title}</h2>
      {lines.length === 0 ? (
        <p className="text-text-2">{t("empty")}</p>
      ) : (
        <ScrollRegion label={t("scroll", { name: title })}>
          <table className="table" aria-label={title}>
            <thead>
              <tr>
                <th scope="col" className="l">
                  {column}
                </th>
                <th scope="col">{t("requests")}</th>
                <th scope="col">{t("credits")}</th>
                {price && <th scope="col">{t("money")}</th>}
                <th scope="col">{t("unsettled")}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.key}>
                  <th scope="row" className="l max-w-48 truncate text-[0.8125rem]! text-text!">
                    {line.name}
                  </th>
                  {figures(line)}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr className="font-semibold">
                <th scope="row" className="l text-[0.8125rem]! font-semibold! text-text!">
                  {t("total")}
                </th>
                {figures(total)}
              </tr>
            </tfoot>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
