import { useLocale, useTranslations } from "next-intl";
import { SaveFoot } from "@/app/_ui/save-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { Reconciliation } from "@/lib/credits/schemas";
import { fullMoment, moment } from "@/lib/platform/format/date";
import { exactNumber, MISSING } from "@/lib/platform/format/number";
import { FindingText } from "./finding-text";

type Props = { slug: string; entries: Reconciliation["entries"]; now: Date; timeZone: string };

/** Every statement and top-up, with what was expected, by how much it was off, and what could explain that. */
export function BalanceHistory({ slug, entries, now, timeZone }: Props) {
  const t = useTranslations("balance");
  const locale = useLocale();
  const number = (value: number) => exactNumber(value, locale);
  /** More on the account reads "+", less "−": as the account sees it. */
  const signed = (drift: number) => (drift === 0 ? "0" : `${drift < 0 ? "+" : ""}${number(-drift)}`);
  return (
    <>
      <ScrollRegion label={t("historyScroll")} className="overflow-x-auto">
        <table className="table" aria-label={t("history")}>
          <thead>
            <tr>
              <th scope="col" className="l">
                {t("when")}
              </th>
              <th scope="col" className="l">
                {t("entry")}
              </th>
              <th scope="col">{t("credits")}</th>
              <th scope="col">{t("expected")}</th>
              <th scope="col">{t("drift")}</th>
              <th scope="col" className="l">
                {t("explanation")}
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ id, at, kind, credits, finding, by, key, note }) => (
              <tr key={id} className="align-top">
                <td className="l text-text-2">
                  <time dateTime={at} title={fullMoment(at, locale, timeZone)}>
                    {moment(at, now, locale, timeZone)}
                  </time>
                </td>
                <td className="l">
                  {t(`kind.${kind}`)}
                  <span className="block text-[0.71875rem] text-text-3">
                    {by.name} · {t("key", { lastFour: key.lastFour })}
                  </span>
                </td>
                <td>{kind === "top_up" ? `+${number(credits)}` : number(credits)}</td>
                <td className={finding ? "" : "text-text-3"}>
                  {finding
                    ? finding.expected.low === finding.expected.high
                      ? number(finding.expected.high)
                      : t("range", { low: number(finding.expected.low), high: number(finding.expected.high) })
                    : MISSING}
                </td>
                <td className={finding ? "" : "text-text-3"}>{finding ? signed(finding.drift) : MISSING}</td>
                <td className="l min-w-64 whitespace-normal! text-pretty text-text-2">
                  {finding ? <FindingText slug={slug} finding={finding} /> : kind === "stated" ? t("firstOfKey") : null}
                  {note && <span className="block text-text-3">{t("note", { note })}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <SaveFoot href={`/api/v1/credits/balance.csv?team=${slug}`} name={t("history")} />
    </>
  );
}
