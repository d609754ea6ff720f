import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/app/_ui/money";
import type { Statement } from "@/lib/credits/read-statement";
import { fullMoment } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";

type Props = { statement: Statement; timeZone: string };

/** From what was charged before to what is charged at the end, what is still open, and whether the ledger was proven. */
export function StatementTotals({ statement, timeZone }: Props) {
  const t = useTranslations("statement");
  const locale = useLocale();
  const { total, before, corrections, notCharged, check, price } = statement;
  const generated = fullMoment(statement.generatedAt, locale, timeZone);
  const assumed = notCharged.assumed > 0 ? ` · ${t("notChargedAssumed", { count: notCharged.assumed })}` : "";
  const rows = [
    ["before", t("before"), before.charged],
    ["documented", t("documented"), total.documented],
    ["assumed", t("assumed"), total.assumed],
    ["byHand", t("byHand"), total.byHand],
    ["charged", t("charged"), total.charged],
    ["after", t("after"), before.charged + total.charged],
    ["unsettled", t("unsettled"), total.unsettled],
    ["unsettledBefore", t("unsettledBefore"), before.unsettled],
    ["held", t("held"), total.held],
  ] as const;
  const strong = (key: string) => (key === "charged" || key === "after" ? "font-semibold!" : "");
  return (
    <section className="grid gap-2">
      <h2>{t("totals")}</h2>
      <table className="table" aria-label={t("totals")}>
        <thead>
          <tr>
            <th scope="col" className="l">
              <span className="sr-only">{t("totals")}</span>
            </th>
            <th scope="col">{t("credits")}</th>
            {price && <th scope="col">{t("money")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(([key, label, credits]) => (
            <tr key={key}>
              <th scope="row" className={`l text-[0.8125rem]! text-text! ${strong(key)}`}>
                {label}
              </th>
              <td className={strong(key)}>{exactNumber(credits, locale)}</td>
              {price && (
                <td className={strong(key)}>
                  <Money credits={credits} price={price} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-text-2 text-xs">
        {t("notCharged", { value: t("notChargedValue", { requests: notCharged.requests }) })}
        {assumed}
      </p>
      {corrections.events > 0 && (
        <p className="text-text-2 text-xs">
          {t("corrections", {
            value: t("correctionsValue", { events: corrections.events }),
            credits: corrections.credits,
          })}
        </p>
      )}
      {(total.assumed > 0 || notCharged.assumed > 0) && <p className="text-text-3 text-xs">{t("assumedNote")}</p>}
      {price && <p className="text-text-3 text-xs">{t("rounded")}</p>}
      <p className="text-text-3 text-xs">
        {t("generated", { moment: generated, name: statement.madeBy })}
        {statement.period.isRunning && ` · ${t("running")}`}
      </p>
      <p className={`text-xs ${check && !check.isExact ? "text-bad" : "text-text-3"}`}>
        {check
          ? t(check.isExact ? "checked" : "checkFailed", {
              requests: check.requests,
              events: check.events,
              moment: generated,
            })
          : t("notChecked")}
      </p>
    </section>
  );
}
