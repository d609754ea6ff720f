import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Usage } from "@/lib/credits/schemas";
import { day } from "@/lib/platform/format/date";
import { money } from "@/lib/platform/format/money";
import { exactNumber, MISSING } from "@/lib/platform/format/number";
import { UsageCard } from "./usage-card";

type Props = {
  usage: Usage;
  now: Date;
  timeZone: string;
  /** The way to settle what is to confirm. */
  settle?: ReactNode;
  /** What the KeyAPI account itself is said to hold. */
  balance?: ReactNode;
};

/** A selection in figures, and beside it what is left of the running period and how it will end. */
export function UsageCards({ usage, now, timeZone, settle, balance }: Props) {
  const t = useTranslations("usage.card");
  const credits = useTranslations("credits");
  const locale = useLocale();
  const number = (value: number | null) => exactNumber(value, locale);
  const { spent, held, unsettled, underWay, toConfirm, saved, period, isPlain, forecast } = usage;
  const inMoney = (value: number) => money(value, usage.price, locale);
  const joined = (...parts: (string | null)[]) => parts.filter(Boolean).join(" · ");
  const dayOf = (date: string) => day(`${date}T12:00:00Z`, now, locale, "UTC");
  const isOver = period.left === 0;
  const spentText = !isPlain
    ? t("selection")
    : period.limit === null
      ? credits("spentNoLimit")
      : credits("spentOf", { limit: exactNumber(period.limit, locale) });

  return (
    <dl className="num mb-3.5 grid grid-cols-2 gap-2.5 sm:grid-cols-3 xl:grid-cols-6">
      <UsageCard label={credits("spent")} value={number(spent)}>
        {joined(spentText, inMoney(spent))}
      </UsageCard>
      <UsageCard label={credits("reserved")} value={number(held - unsettled)}>
        {t("underWay", { count: underWay })}
      </UsageCard>
      <UsageCard label={credits("toConfirm")} value={number(unsettled)}>
        {toConfirm === 0 ? credits("toConfirmNone") : t("toConfirm", { count: toConfirm })}
        {toConfirm > 0 && settle && <> · {settle}</>}
      </UsageCard>
      <UsageCard label={credits("left")} value={number(period.left)} hint={t("leftHint")}>
        {period.left === null
          ? credits("leftNone")
          : joined(t("until", { day: day(period.resetsAt, now, locale, timeZone) }), inMoney(period.left))}
        {balance && <span className="block">{balance}</span>}
      </UsageCard>
      <UsageCard
        label={t("forecast", { day: dayOf(period.to) })}
        value={forecast ? number(forecast.expected) : MISSING}
        hint={forecast ? t("forecastHint", { day: dayOf(period.to), days: forecast.basisDays }) : t("tooEarlyHint")}
      >
        {forecast
          ? joined(t("range", { low: number(forecast.low), high: number(forecast.high) }), inMoney(forecast.expected))
          : t("tooEarly")}
        {forecast?.limitReachedOn && (
          <span className="block text-warn">
            {isOver ? t("over") : t("limitOn", { day: dayOf(forecast.limitReachedOn) })}
          </span>
        )}
      </UsageCard>
      <UsageCard label={t("saved")} value={saved ? number(saved.credits) : MISSING} hint={t("savedHint")}>
        {saved
          ? joined(t("savedText", { count: saved.answers }), saved.credits > 0 ? inMoney(saved.credits) : null)
          : t("savedNone")}
      </UsageCard>
    </dl>
  );
}
