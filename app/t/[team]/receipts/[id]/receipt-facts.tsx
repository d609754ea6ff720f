import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useLabels } from "@/app/_ui/labels";
import { ledgerHref } from "@/app/_ui/receipt-link";
import { exploreHref } from "@/app/t/[team]/explore/address";
import { type FullReceipt, questionSchema } from "@/lib/insights/schemas";
import { fullMoment } from "@/lib/platform/format/date";
import { exactNumber, MISSING } from "@/lib/platform/format/number";

type Props = { receipt: FullReceipt; slug: string; timeZone: string; categoryName: string | null };

/** Who bought it, when, with which parameters, what it cost and what it served since. */
export function ReceiptFacts({ receipt, slug, timeZone, categoryName }: Props) {
  const t = useTranslations("receipts");
  const credits = useTranslations("credits");
  const words = useTranslations("receipt");
  const locale = useLocale();
  const labels = useLabels();
  const { query, details } = receipt;
  const at = (iso: string | null) => (iso ? fullMoment(iso, locale, timeZone) : MISSING);
  const facts: [term: string, fact: ReactNode, isCode?: boolean][] = [
    [
      t("boughtBy"),
      details?.tokenName ? `${receipt.boughtBy.name}, ${token(details.tokenName)}` : receipt.boughtBy.name,
    ],
    ...(receipt.paidBy === "share" ? [[t("paidBy"), credits("share")] as [string, string]] : []),
    ...(details ? [[t("purpose"), credits(`purposes.${details.purpose}`)] as [string, string]] : []),
    [t("askedAt"), at(receipt.askedAt)],
    [t("receivedAt"), at(receipt.receivedAt)],
    ...(details
      ? [
          [
            t("latency"),
            <span key="latency" title={t("latencyHint")}>
              {latency(details.latencyMs)}
            </span>,
          ] as [string, ReactNode],
        ]
      : []),
    [t("outcome"), <Outcome key="outcome" receipt={receipt} />],
    [t("price"), labels.credits(receipt.priceCredits)],
    ...(details ? [[t("served"), served(details)] as [string, string]] : []),
    [t("rows"), rows()],
    [words("source"), words(receipt.upstream === "sandbox" ? "sourceSandbox" : "sourceLive")],
    [t("region"), labels.region(query.region)],
    [t("window"), labels.window(query.window)],
    [t("category"), query.category ? (categoryName ?? query.category) : t("noFilter")],
    [t("keyword"), query.q ?? t("noFilter")],
    [t("page"), String(query.page)],
    [t("asSent"), receipt.upstreamPath ? `GET ${receipt.upstreamPath}` : t("notSent"), receipt.upstreamPath !== null],
    [t("status"), receipt.httpStatus === null ? MISSING : String(receipt.httpStatus)],
    [t("upstreamRequest"), receipt.upstreamRequestId ?? t("upstreamRequestNone"), receipt.upstreamRequestId !== null],
    [t("request"), receipt.id, true],
  ];
  return (
    <section className="sheet num p-3.5 sm:p-4" aria-labelledby="receipt-facts">
      <h2 id="receipt-facts" className="mb-2.5">
        {t("factsTitle")}
      </h2>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-5 gap-y-1.5">
        {facts.map(([term, fact, isCode]) => (
          <div key={term} className="contents">
            <dt className="max-w-32 text-text-3">{term}</dt>
            <dd className={isCode ? "break-all font-mono text-xs leading-5" : "break-words"}>{fact}</dd>
          </div>
        ))}
      </dl>
      {!details && <p className="mt-3 text-pretty text-text-3">{t("hidden")}</p>}
      <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1">
        <Link href={exploreHref(slug, { question: questionSchema.parse(query) })} prefetch={false} className="link">
          {t("backToAnswer")}
        </Link>
        <Link href={ledgerHref(slug, receipt.askedAt, timeZone)} prefetch={false} className="link">
          {t("backToLedger")}
        </Link>
      </p>
    </section>
  );

  function token(name: string): string {
    return t("through", { name });
  }

  function latency(ms: number | null): string {
    if (ms === null) return MISSING;
    return ms < 1_000
      ? t("latencyMs", { ms })
      : t("latencySeconds", { seconds: exactNumber(Math.round(ms / 100) / 10, locale) });
  }

  function served({ servedFree, savedCredits }: NonNullable<FullReceipt["details"]>): string {
    return t("servedTimes", { count: servedFree, credits: labels.credits(savedCredits) });
  }

  function rows(): string {
    if (receipt.rowCount === null) return t("rowsNone");
    if (receipt.total === null) return String(receipt.rowCount);
    return t("rowsOf", { rows: receipt.rowCount, total: receipt.total });
  }
}

/** The outcome in words, what it counts for, on what basis, and what was wrong. */
function Outcome({ receipt }: { receipt: FullReceipt }) {
  const t = useTranslations("credits");
  const receipts = useTranslations("receipts");
  const labels = useLabels();
  const { outcome, basis, problem } = receipt;
  const problemKey = `problems.${problem}` as never;
  return (
    <>
      {receipts("outcomeCredits", { outcome: t(`outcomes.${outcome}`), credits: labels.credits(receipt.credits) })}
      {basis && (
        <span className="text-text-3" title={t(`basisHint.${basis}`)}>
          {" "}
          {t("basisNote", { basis: t(`basis.${basis}`) })}
        </span>
      )}
      {problem && <span className="block text-text-3">{t.has(problemKey) ? t(problemKey) : problem}</span>}
    </>
  );
}
