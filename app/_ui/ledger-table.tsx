import { useLocale, useTranslations } from "next-intl";
import type { LedgerEntry, LogItem, ServedEntry } from "@/lib/credits/schemas";
import { topCategoryName } from "@/lib/insights/category-names";
import { fullMoment, moment } from "@/lib/platform/format/date";
import { exactNumber, MISSING } from "@/lib/platform/format/number";
import { useLabels } from "./labels";
import { type LedgerRow, LedgerRows } from "./ledger-rows";
import { receiptHref } from "./receipt-link";
import { ScrollRegion } from "./scroll-region";

type Props = {
  items: LogItem[];
  slug: string;
  now: Date;
  timeZone: string;
  /** Where the stored answer to a question is shown. */
  answerHref: (query: LedgerEntry["query"]) => string;
};

/** The ledger: who asked for what, what came of it and on what basis, how long it took, and what it counts for. */
export function LedgerTable(props: Props) {
  const t = useTranslations("credits");
  const log = useTranslations("usage.log");
  const receipts = useTranslations("receipts");
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
            <th scope="col">{log("answer")}</th>
            <th scope="col">{t("amount")}</th>
          </tr>
        </thead>
        <LedgerRows rowsJson={JSON.stringify(useLedgerRows(props))} receiptHint={receipts("title")} missing={MISSING} />
      </table>
    </ScrollRegion>
  );
}

/** The lines in the reader's words. */
function useLedgerRows({ items, slug, now, timeZone, answerHref }: Props): LedgerRow[] {
  const t = useTranslations("credits");
  const log = useTranslations("usage.log");
  const receipts = useTranslations("receipts");
  const locale = useLocale();
  const labels = useLabels();
  const problemOf = (problem: string | null) => {
    const key = `problems.${problem}` as never;
    return problem && (t.has(key) ? t(key) : problem);
  };
  return items.map((item) => {
    const line = item.kind === "bought" ? item.entry : item.served;
    const receipt = receiptOf(item);
    const at = moment(line.at, now, locale, timeZone);
    return {
      id: line.id,
      receipt: receipt === null ? null : { href: receiptHref(slug, receipt), label: receipts("linkOf", { what: at }) },
      at: line.at,
      moment: at,
      exactly: fullMoment(line.at, locale, timeZone),
      who: line.member.name,
      paid: item.kind === "bought" && item.entry.paidBy === "share" ? t("share") : undefined,
      ...questionOf(line),
      purpose: purposeOf(item),
      outcome:
        item.kind === "bought"
          ? outcomeOf(item.entry)
          : { text: servedText(item.served), tone: "text-text-2", href: null },
      problem: problemOf(line.problem),
      took: item.kind === "bought" ? tookOf(item.entry) : null,
      amount: exactNumber(item.kind === "bought" ? item.entry.credits : 0, locale),
    };
  });

  /** What was asked; a link to the stored answer where it brought one. */
  function questionOf({ query, rowCount }: LedgerEntry | ServedEntry) {
    const categoryName = query.categoryName && topCategoryName(query.categoryName, locale);
    const whole = labels.question(query, { categoryName });
    return {
      question: labels.question(query, { categoryName, brief: true }),
      questionHint: rowCount === null ? whole : `${whole} · ${log("rows", { count: rowCount })} · ${log("open")}`,
      answerHref: rowCount === null ? null : answerHref(query),
    };
  }

  function purposeOf(item: LogItem): string {
    const { tokenName } = item.kind === "bought" ? item.entry : item.served;
    const keptFor = item.kind === "bought" ? item.entry.keptFor : null;
    return [
      item.kind === "bought" ? t(`purposes.${item.entry.purpose}`) : MISSING,
      keptFor && (keptFor.name ?? t("privateSearch")),
      tokenName && t("token", { name: tokenName }),
    ]
      .filter(Boolean)
      .join(" · ");
  }

  function outcomeOf(entry: LedgerEntry): LedgerRow["outcome"] {
    const { outcome, basis, byRule } = entry;
    const noted = basis === null || basis === "documented" ? null : byRule ? "rule" : basis;
    return {
      text: t(`outcomes.${outcome}`),
      tone: TONE[outcome],
      note: noted ? { text: t("basisNote", { basis: t(`basis.${noted}`) }), hint: t(`basisHint.${noted}`) } : undefined,
      href: settleHref(slug, entry),
    };
  }

  /** An answer that cost nothing: where it came from. */
  function servedText({ source, boughtBy }: ServedEntry): string {
    if (source === "stored") return log("stored");
    return boughtBy ? log("shared", { name: boughtBy }) : log("sharedUnknown");
  }

  /** How long the provider took, and its HTTP status. */
  function tookOf({ latencyMs, httpStatus }: LedgerEntry): LedgerRow["took"] {
    if (latencyMs === null && httpStatus === null) return null;
    const seconds =
      latencyMs === null ? null : exactNumber(Number((latencyMs / 1000).toFixed(latencyMs < 10_000 ? 2 : 0)), locale);
    return {
      text: seconds === null ? MISSING : log("seconds", { seconds }),
      status: httpStatus === null ? undefined : log("status", { status: String(httpStatus) }),
    };
  }
}

/** The request whose receipt a line has; null where the reader may not see that request. */
function receiptOf(item: LogItem): string | null {
  if (item.kind === "bought") return item.entry.id;
  return item.served.boughtBy === null ? null : item.served.requestId;
}

const TONE = { held: "tag", charged: "", not_charged: "", unsettled: "tag tag-warn", released: "" } as const;

/** Where a person says what a request really cost; of what the vendor documents there is nothing to say. */
const settleHref = (slug: string, { id, outcome, basis }: LedgerEntry) =>
  outcome === "unsettled" || (basis === "assumed" && outcome !== "released") || basis === "by_hand"
    ? `/t/${slug}/credits/unsettled?request=${id}`
    : null;
