import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/app/_ui/money";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { TableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import type { StatementFigures, StatementLine } from "@/lib/credits/read-statement";
import type { Price } from "@/lib/platform/format/money";
import { exactNumber } from "@/lib/platform/format/number";
import { TABLE_ROWS, tablePageOf } from "@/lib/platform/format/table-page";

type Props = {
  title: string;
  column: string;
  lines: StatementLine[];
  /** Where its pages are; left out where there are never more lines than one holds. */
  table?: TableAddress;
  total: StatementFigures;
  price: Price | null;
};

/** Lines of one kind and, below them, what they add up to. */
export function StatementLines({ title, column, lines, table, total, price }: Props) {
  const t = useTranslations("statement");
  const tables = useTranslations("tables");
  const page = table ? tablePageOf(lines, table.look, ({ name }) => [name]) : null;
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
    <section id={table && "members"} className="min-w-0">
      <h2 className="mb-1">{title}</h2>
      {table && page && <TableFind address={table} shown={page} table={title} />}
      {lines.length === 0 ? (
        <p className="text-text-2">{t("empty")}</p>
      ) : table && page?.total === 0 ? (
        <NothingFound address={table} table={title} />
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
              {(page?.items ?? lines).map((line) => (
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
      {table && page && <TablePages address={table} shown={page} table={title} />}
      {page && page.pages > 1 && (
        <p className="hidden text-text-3 print:block">
          {tables("rows", {
            from: (page.page - 1) * TABLE_ROWS + 1,
            to: (page.page - 1) * TABLE_ROWS + page.items.length,
            total: page.total,
          })}
        </p>
      )}
    </section>
  );
}
