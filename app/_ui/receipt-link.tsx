import { useTranslations } from "next-intl";
import { isoDate } from "@/lib/platform/format/date";
import { SoftLink } from "./soft-link";

type Props = {
  href: string;
  /** Whose source and cost, for those who hear the link and not see its row. */
  what: string;
};

/** The quiet way from a bought figure to its receipt: one a row, in sight on hover and focus, and always on touch. */
export function ReceiptLink({ href, what }: Props) {
  const t = useTranslations("receipts");
  return (
    <SoftLink href={href} className="receipt-link icon-receipt" aria-label={t("linkOf", { what })} title={t("title")} />
  );
}

/** The address of a receipt, or of one row of its answer. */
export const receiptHref = (slug: string, requestId: string, place?: number) =>
  `/t/${slug}/receipts/${requestId}${place === undefined ? "" : `?row=${place}`}`;

const MINUTE_MS = 60_000;

/** The ledger of the day on which something was asked, where its line is among a day's; also when midnight came between. */
export function ledgerHref(slug: string, at: string, timeZone: string): string {
  const to = isoDate(at, timeZone);
  const from = isoDate(new Date(Date.parse(at) - 5 * MINUTE_MS), timeZone);
  return `/t/${slug}/credits?from=${from}&to=${to}#ledger`;
}
