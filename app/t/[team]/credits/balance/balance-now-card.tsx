import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import type { Reconciliation } from "@/lib/credits/schemas";
import { day, fullMoment } from "@/lib/platform/format/date";
import { exactNumber, MISSING } from "@/lib/platform/format/number";

type Props = { books: Reconciliation; now: Date; timeZone: string };

/** What the account of the key in use should hold now: a range while some requests have no known cost. */
export function BalanceNowCard({ books, now, timeZone }: Props) {
  const t = useTranslations("balance");
  const locale = useLocale();
  const labels = useLabels();
  const number = (value: number) => exactNumber(value, locale);
  const { key, now: balance, entries, upstream } = books;
  const isReplaced = balance === null && entries.some(({ key: other }) => other.id !== key?.id);
  return (
    <section className="sheet p-4">
      <h2 className="font-medium text-text-3 text-xs">{t(upstream === "sandbox" ? "nowSandbox" : "now")}</h2>
      <p className="num font-semibold text-[1.5rem] tracking-[-0.02em]">
        {balance === null
          ? MISSING
          : balance.expected.low === balance.expected.high
            ? number(balance.expected.high)
            : t("range", { low: number(balance.expected.low), high: number(balance.expected.high) })}
      </p>
      {balance && (
        <p className="num text-pretty text-text-2" title={fullMoment(balance.at, locale, timeZone)}>
          {t("nowStated", { credits: number(balance.stated), age: labels.age(balance.at, now), name: balance.by })}
        </p>
      )}
      {balance && balance.expected.low !== balance.expected.high && (
        <p className="num mt-1 text-pretty text-text-2">
          {t("nowRange", { credits: number(balance.expected.high - balance.expected.low) })}
        </p>
      )}
      {!balance && <p className="text-pretty text-text-2">{t(isReplaced ? "nowReplaced" : "nowNone")}</p>}
      {key && (
        <p className="mt-2 text-pretty text-text-3">
          {t("perKey", { lastFour: key.lastFour, day: day(key.since, now, locale, timeZone) })}
        </p>
      )}
    </section>
  );
}
