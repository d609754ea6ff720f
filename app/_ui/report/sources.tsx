import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { receiptHref } from "@/app/_ui/receipt-link";
import { fullMoment } from "@/lib/platform/format/date";

/** An answer that a report tells of. */
export type Source = { receiptId: string; fetchedAt: string };

type Props = { slug: string; sources: readonly Source[]; timeZone: string; most: number };

/** The receipts behind a report, newest first, with their ids: on paper no link can be followed. */
export function Sources({ slug, sources, timeZone, most }: Props) {
  const t = useTranslations("report");
  const locale = useLocale();
  const unique = [...new Map(sources.map((source) => [source.receiptId, source])).values()].sort((a, b) =>
    b.fetchedAt.localeCompare(a.fetchedAt),
  );
  if (unique.length === 0) return null;
  return (
    <section aria-label={t("receipts")} className="report-part">
      <h2 className="mb-1.5">{t("receipts")}</h2>
      <ol className="num grid gap-x-6 gap-y-0.5 text-text-2 text-xs sm:grid-cols-2 print:grid-cols-2">
        {unique.slice(0, most).map(({ receiptId, fetchedAt }) => (
          <li key={receiptId} className="break-inside-avoid">
            {fullMoment(fetchedAt, locale, timeZone)}{" "}
            <Link href={receiptHref(slug, receiptId)} prefetch={false} className="wrap-anywhere link">
              {receiptId}
            </Link>
          </li>
        ))}
      </ol>
      {unique.length > most && (
        <p className="mt-1 text-text-3">{t("newestReceipts", { shown: most, all: unique.length })}</p>
      )}
    </section>
  );
}
