import { useLocale, useTranslations } from "next-intl";
import type { LedgerEntry, LogItem, ServedEntry } from "@/lib/credits/schemas";
import { topCategoryName } from "@/lib/insights/category-names";
import { fullMoment, moment } from "@/lib/platform/format/date";
import { exactNumber, MISSING } from "@/lib/platform/format/number";
import { useLabels } from "./labels";
import { ReceiptLink, receiptHref } from "./receipt-link";
import { ScrollRegion } from "./scroll-region";
import { SoftLink } from "./soft-link";

type Props = {
  items: LogItem[];
  slug: string;
  now: Date;
  timeZone: string;
  /** Where the stored answer to a question is shown. */
  answerHref: (query: LedgerEntry["query"]) => string;
};

/** The ledger: who asked for what, what came of it and on what basis, how long it took, and what it counts for. */
export function LedgerTable({ items, slug, now, timeZone, answerHref }: Props) {
  const t = useTranslations("credits");
  const log = useTranslations("usage.log");
  const locale = useLocale();
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
        <tbody>
          {items.map((item) => {
            const line = item.kind === "bought" ? item.entry : item.served;
            const receipt = receiptOf(item);
            return (
              <tr key={line.id}>
                <td className="when l text-text-2">
                  {receipt && (
                    <ReceiptLink href={receiptHref(slug, receipt)} what={moment(line.at, now, locale, timeZone)} />
                  )}
                  <time dateTime={line.at} title={fullMoment(line.at, locale, timeZone)}>
                    {moment(line.at, now, locale, timeZone)}
                  </time>
                </td>
                <td className="who l">
                  {line.member.name}
                  {item.kind === "bought" && item.entry.paidBy === "share" && (
                    <span className="block text-[0.71875rem] text-text-3 leading-tight">{t("share")}</span>
                  )}
                </td>
                <td className="question l">
                  <Question line={line} answerHref={answerHref} />
                </td>
                <td className="for l text-text-3">
                  {item.kind === "bought" ? t(`purposes.${item.entry.purpose}`) : MISSING}
                  {item.kind === "bought" &&
                    item.entry.keptFor &&
                    ` · ${item.entry.keptFor.name ?? t("privateSearch")}`}
                  {line.tokenName && ` · ${t("token", { name: line.tokenName })}`}
                </td>
                <td className="outcome l">
                  {item.kind === "bought" ? (
                    <Outcome entry={item.entry} slug={slug} />
                  ) : (
                    <Served served={item.served} />
                  )}
                </td>
                <td className="answer text-text-2">
                  {item.kind === "bought" ? (
                    <Exchange entry={item.entry} />
                  ) : (
                    <span className="missing text-text-3">{MISSING}</span>
                  )}
                </td>
                <td className="amount">{exactNumber(item.kind === "bought" ? item.entry.credits : 0, locale)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** The request whose receipt a line has; null where the reader may not see that request. */
function receiptOf(item: LogItem): string | null {
  if (item.kind === "bought") return item.entry.id;
  return item.served.boughtBy === null ? null : item.served.requestId;
}

/** What was asked; a link to the stored answer where it brought one. */
function Question({ line, answerHref }: { line: LedgerEntry | ServedEntry } & Pick<Props, "answerHref">) {
  const labels = useLabels();
  const locale = useLocale();
  const t = useTranslations("usage.log");
  const { query, rowCount } = line;
  const categoryName = query.categoryName && topCategoryName(query.categoryName, locale);
  const whole = labels.question(query, { categoryName });
  const brief = labels.question(query, { categoryName, brief: true });
  if (rowCount === null) return <span title={whole}>{brief}</span>;
  return (
    <SoftLink
      href={answerHref(query)}
      className="link"
      title={`${whole} · ${t("rows", { count: rowCount })} · ${t("open")}`}
    >
      {brief}
    </SoftLink>
  );
}

/** How long the provider took, and its HTTP status. */
function Exchange({ entry }: { entry: LedgerEntry }) {
  const t = useTranslations("usage.log");
  const locale = useLocale();
  const { latencyMs, httpStatus } = entry;
  if (latencyMs === null && httpStatus === null) return <span className="missing text-text-3">{MISSING}</span>;
  const seconds =
    latencyMs === null ? null : exactNumber(Number((latencyMs / 1000).toFixed(latencyMs < 10_000 ? 2 : 0)), locale);
  return (
    <>
      {seconds === null ? MISSING : t("seconds", { seconds })}
      {httpStatus !== null && (
        <span className="block text-[0.71875rem] text-text-3 leading-tight">
          {t("status", { status: String(httpStatus) })}
        </span>
      )}
    </>
  );
}

/** An answer that cost nothing: where it came from. */
function Served({ served }: { served: ServedEntry }) {
  const t = useTranslations("usage.log");
  const credits = useTranslations("credits");
  const problemKey = `problems.${served.problem}` as never;
  return (
    <span className="text-text-2">
      {served.source === "stored"
        ? t("stored")
        : served.boughtBy
          ? t("shared", { name: served.boughtBy })
          : t("sharedUnknown")}
      {served.problem && (
        <span className="block text-[0.71875rem] text-text-3 leading-tight">
          {credits.has(problemKey) ? credits(problemKey) : served.problem}
        </span>
      )}
    </span>
  );
}

const TONE = { held: "tag", charged: "", not_charged: "", unsettled: "tag tag-warn", released: "" } as const;

/** Where a person says what a request really cost; of what the vendor documents there is nothing to say. */
const settleHref = (slug: string, { id, outcome, basis }: LedgerEntry) =>
  outcome === "unsettled" || (basis === "assumed" && outcome !== "released") || basis === "by_hand"
    ? `/t/${slug}/credits/unsettled?request=${id}`
    : null;

/** The outcome in words; the basis beside it whenever it is more than the vendor's own price list. */
function Outcome({ entry, slug }: { entry: LedgerEntry; slug: string }) {
  const t = useTranslations("credits");
  const { outcome, basis, byRule, problem } = entry;
  const noted = basis === null || basis === "documented" ? null : byRule ? "rule" : basis;
  const href = settleHref(slug, entry);
  const problemKey = `problems.${problem}` as never;
  const words = (
    <>
      <span className={TONE[outcome]}>{t(`outcomes.${outcome}`)}</span>
      {noted && (
        <span className="text-text-3" title={t(`basisHint.${noted}`)}>
          {" "}
          {t("basisNote", { basis: t(`basis.${noted}`) })}
        </span>
      )}
    </>
  );
  return (
    <>
      {href ? (
        <SoftLink href={href} className="underline decoration-line-strong underline-offset-2">
          {words}
        </SoftLink>
      ) : (
        words
      )}
      {problem && (
        <span className="block text-[0.71875rem] text-text-3 leading-tight">
          {t.has(problemKey) ? t(problemKey) : problem}
        </span>
      )}
    </>
  );
}
