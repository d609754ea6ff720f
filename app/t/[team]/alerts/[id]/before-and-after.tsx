import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useAlertWords } from "@/app/_ui/alert-words";
import { receiptHref } from "@/app/_ui/receipt-link";
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
  const both = [
    { key: "before", value: alert.oldValue, at: alert.oldAt, receipt: alert.oldReceiptId },
    { key: "after", value: alert.newValue, at: alert.newAt, receipt: alert.newReceiptId },
  ] as const;
  return (
    <dl className="num grid gap-x-4 gap-y-2 sm:grid-cols-[auto_minmax(0,1fr)]">
      {both.map(
        ({ key, value, at, receipt }) =>
          at !== null && (
            <div key={key} className="contents">
              <dt className="text-text-3">{t(key)}</dt>
              <dd className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-semibold">{text(value)}</span>
                <span className="text-text-2">{t("fetchedAt", { at: moment(at, now, locale, timeZone) })}</span>
                {receipt && (
                  <Link href={receiptHref(slug, receipt)} prefetch={false} className="link">
                    {t("source")}
                  </Link>
                )}
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
