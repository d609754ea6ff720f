import { useLocale, useTranslations } from "next-intl";
import type { LedgerEntry } from "@/lib/credits/schemas";
import { topCategoryName } from "@/lib/insights/category-names";
import { fullMoment, moment } from "@/lib/platform/format/date";
import { useLabels } from "./labels";
import { ReceiptLink, receiptHref } from "./receipt-link";
import { ScrollRegion } from "./scroll-region";

type Props = { entries: LedgerEntry[]; slug: string; now: Date; timeZone: string };

/** The ledger: who asked for what, what came of it and on what basis, and what it counts for. */
export function LedgerTable({ entries, slug, now, timeZone }: Props) {
  const t = useTranslations("credits");
  const locale = useLocale();
  const labels = useLabels();
  const nameOf = ({ query }: LedgerEntry) => query.categoryName && topCategoryName(query.categoryName, locale);
  return (
    <ScrollRegion label={t("ledgerScroll")}>
      <table className="table ledger cards" aria-label={t("ledger")}>
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("when")}
            </th>
            <th scope="col" className="l">
              {t("who")}
            </th>
            <th scope="col" className="l">
              {t("question")}
            </th>
            <th scope="col" className="l">
              {t("for")}
            </th>
            <th scope="col" className="l">
              {t("outcome")}
            </th>
            <th scope="col">{t("amount")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td className="when l text-text-2">
                <ReceiptLink href={receiptHref(slug, entry.id)} what={moment(entry.at, now, locale, timeZone)} />
                <time dateTime={entry.at} title={fullMoment(entry.at, locale, timeZone)}>
                  {moment(entry.at, now, locale, timeZone)}
                </time>
              </td>
              <td className="who l">{entry.member.name}</td>
              <td className="question l" title={labels.question(entry.query, { categoryName: nameOf(entry) })}>
                {labels.question(entry.query, { categoryName: nameOf(entry), brief: true })}
              </td>
              <td className="for l text-text-3">
                {t(`purposes.${entry.purpose}`)}
                {entry.tokenName && ` · ${t("token", { name: entry.tokenName })}`}
              </td>
              <td className="outcome l">
                <Outcome entry={entry} />
              </td>
              <td className="amount">{entry.credits}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const TONE = { held: "tag", charged: "", not_charged: "", unsettled: "tag tag-warn", released: "" } as const;

/** The outcome in words; the basis beside it whenever it is more than the vendor's own price list. */
function Outcome({ entry }: { entry: LedgerEntry }) {
  const t = useTranslations("credits");
  const { outcome, basis, problem } = entry;
  const basisText = basis && basis !== "documented" ? t(`basis.${basis}`) : null;
  const problemKey = `problems.${problem}` as never;
  return (
    <>
      <span className={TONE[outcome]}>{t(`outcomes.${outcome}`)}</span>
      {basis && basisText && (
        <span className="text-text-3" title={t(`basisHint.${basis}`)}>
          {" "}
          {t("basisNote", { basis: basisText })}
        </span>
      )}
      {problem && (
        <span className="block text-[0.71875rem] text-text-3 leading-tight">
          {t.has(problemKey) ? t(problemKey) : problem}
        </span>
      )}
    </>
  );
}
