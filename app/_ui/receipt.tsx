import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { Snapshot } from "@/lib/insights/schemas";
import { fullMoment } from "@/lib/platform/format/date";
import { useLabels } from "./labels";
import { ledgerHref, receiptHref } from "./receipt-link";

type Props = { id: string; snapshot: Snapshot; slug: string; timeZone: string };

/** The receipt of an answer: which request, what it cost, what the provider calls it. */
export function Receipt({ id, snapshot, slug, timeZone }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const labels = useLabels();
  const { receipt } = snapshot;
  const facts = [
    [t("receipt.fetchedAt"), fullMoment(snapshot.fetchedAt, locale, timeZone)],
    [t("receipt.boughtBy"), receipt.boughtBy.name],
    ...(receipt.paidBy === "share" ? [[t("receipts.paidBy"), t("credits.share")] as const] : []),
    [t("receipt.credits"), labels.credits(receipt.credits)],
    [t("receipt.outcome"), t(`credits.outcomes.${receipt.outcome}`)],
    [t("receipt.source"), t(snapshot.upstream === "sandbox" ? "receipt.sourceSandbox" : "receipt.sourceLive")],
    [t("receipt.upstreamRequest"), receipt.upstreamRequestId ?? t("receipt.upstreamRequestNone"), true],
    [t("receipt.request"), receipt.id, true],
  ] as const;
  return (
    <div id={id} popover="auto" role="dialog" aria-label={t("receipt.title")} className="menu num w-[30rem] p-4">
      <h2 className="mb-2.5">{t("receipt.title")}</h2>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-5 gap-y-1.5">
        {facts.map(([term, fact, isId]) => (
          <div key={term} className="contents">
            <dt className="text-text-3">{term}</dt>
            <dd className={isId ? "break-words text-xs leading-5 [font-variant-numeric:normal]" : "break-words"}>
              {fact}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1">
        <Link href={receiptHref(slug, receipt.id)} prefetch={false} className="link">
          {t("receipts.full")}
        </Link>
        <Link href={ledgerHref(slug, snapshot.fetchedAt, timeZone)} prefetch={false} className="link">
          {t("receipt.ledger")}
        </Link>
      </p>
    </div>
  );
}
