import Link from "next/link";
import { useTranslations } from "next-intl";

type Props = {
  href: string;
  /** Whose source and cost, for those who hear the link and not see its row. */
  what: string;
};

/** The quiet way from a bought figure to its receipt: one a row, in sight on hover and focus, and always on touch. */
export function ReceiptLink({ href, what }: Props) {
  const t = useTranslations("receipts");
  return (
    <Link
      href={href}
      prefetch={false}
      className="receipt-link icon-receipt"
      aria-label={t("linkOf", { what })}
      title={t("title")}
    />
  );
}

/** The address of a receipt, or of one row of its answer. */
export const receiptHref = (slug: string, requestId: string, place?: number) =>
  `/t/${slug}/receipts/${requestId}${place === undefined ? "" : `?row=${place}`}`;
