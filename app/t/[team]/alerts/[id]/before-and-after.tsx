import { useLocale, useTranslations } from "next-intl";
import { useAlertWords } from "@/app/_ui/alert-words";
import { ReceiptLink, receiptHref } from "@/app/_ui/receipt-link";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { type Alert, PLACE_CONDITIONS } from "@/lib/alerts/schemas";
import { moment } from "@/lib/platform/format/date";
import { exactNumber, MISSING } from "@/lib/platform/format/number";

type Props = { slug: string; alert: Alert; now: Date; timeZone: string };

/** Both values with the moments at which they were fetched, each with its receipt. */
export function BeforeAndAfter({ slug, alert, now, timeZone }: Props) {
  const t = useTranslations("alerts");
  const locale = useLocale();
  const words = useAlertWords(now, timeZone);
  const isPlace = PLACE_CONDITIONS.includes(alert.condition);
  const text = (value: number | null) => {
    if (alert.condition === "older_than") return MISSING;
    if (!isPlace) return words.figure(alert, value);
    return value === null ? t("noPlace") : t("place", { value: exactNumber(value, locale) });
  };
  const rows = [
    { key: "before", value: alert.oldValue, at: alert.oldAt, receipt: alert.oldReceiptId },
    { key: "after", value: alert.newValue, at: alert.newAt, receipt: alert.newReceiptId },
  ] as const;
  return (
    <ScrollRegion label={t("bothScroll")}>
      <table className="table" aria-label={t("both")}>
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("when")}
            </th>
            <th scope="col">{isPlace ? t("placeHead") : words.metricName(alert.metric) || t("figure")}</th>
            <th scope="col">{t("fetched")}</th>
            <th scope="col">{t("source")}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ key, at }) => key === "after" || at !== null)
            .map(({ key, value, at, receipt }) => (
              <tr key={key}>
                <th scope="row" className="l">
                  {t(key)}
                </th>
                <td className="num">{text(value)}</td>
                <td className="num">{at === null ? MISSING : moment(at, now, locale, timeZone)}</td>
                <td>{receipt && <ReceiptLink href={receiptHref(slug, receipt)} what={t(key)} />}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
