import Link from "next/link";
import { useTranslations } from "next-intl";
import { receiptHref } from "@/app/_ui/receipt-link";
import type { FullReceipt } from "@/lib/insights/schemas";

type Props = { receipt: FullReceipt; slug: string; place: number | null };

/** The rows of an answer by their places, each a link to its figures as received. */
export function RowPicker({ receipt, slug, place }: Props) {
  const t = useTranslations("receipts");
  if (!receipt.rowCount) return null;
  return (
    <nav aria-label={t("rowChoose")} className="num mt-2 flex flex-wrap gap-1">
      {Array.from({ length: receipt.rowCount }, (_, index) => index + 1).map((one) => (
        <Link
          key={one}
          href={receiptHref(slug, receipt.id, one)}
          prefetch={false}
          scroll={false}
          className="page"
          aria-label={t("rowOpen", { place: one })}
          aria-current={one === place ? "true" : undefined}
        >
          {one}
        </Link>
      ))}
    </nav>
  );
}
