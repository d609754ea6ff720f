import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { TABLE_ROWS, type TablePage } from "@/lib/platform/format/table-page";
import { PageStep } from "./pagination";
import { SoftLink } from "./soft-link";
import type { TableAddress } from "./table-address";

type Props = {
  address: TableAddress;
  shown: TablePage<unknown>;
  /** What the table is called. */
  table: string;
  rows?: number;
};

/** The foot of a long table: which rows of how many these are, and its other pages as links. One page has none. */
export function TablePages({ address, shown, table, rows = TABLE_ROWS }: Props) {
  const t = useTranslations("tables");
  const { page, pages, total, items } = shown;
  if (pages === 1) return null;
  const before = (page - 1) * rows;
  return (
    <div className="num flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-line border-t px-3 py-2 text-text-3 print:hidden">
      <p aria-live="polite">{t("rows", { from: before + 1, to: before + items.length, total })}</p>
      <nav aria-label={t("pages", { table })} className="flex flex-wrap items-center gap-0.5">
        <PageStep to={page > 1 ? address.href(page - 1) : null} label={t("previous")} rel="prev">
          <ChevronLeft size={15} aria-hidden="true" />
        </PageStep>
        {around(page, pages).map((one, index, all) => (
          <span key={one} className="contents">
            {index > 0 && one - (all[index - 1] ?? 0) > 1 && <span className="px-0.5 text-text-3">…</span>}
            <SoftLink
              href={address.href(one)}
              aria-current={one === page ? "page" : undefined}
              aria-label={t("page", { page: one })}
              className="page"
            >
              {one}
            </SoftLink>
          </span>
        ))}
        <PageStep to={page < pages ? address.href(page + 1) : null} label={t("next")} rel="next">
          <ChevronRight size={15} aria-hidden="true" />
        </PageStep>
      </nav>
    </div>
  );
}

const around = (page: number, pages: number) =>
  [...new Set([1, page - 1, page, page + 1, pages])].filter((one) => one >= 1 && one <= pages).sort((a, b) => a - b);
