import { useLocale, useTranslations } from "next-intl";
import type { CreditPeriod, OwnCredits } from "@/lib/credits/schemas";
import { day, periodName } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";
import { SoftLink } from "./soft-link";

type Props = { summary: CreditPeriod & { own: OwnCredits | null }; slug: string; now: Date; timeZone: string };

/** Credits of the running period at a glance: spent of the limit, what is held, what is left, when it resets. */
export function CreditsMeter({ summary, slug, now, timeZone }: Props) {
  const t = useTranslations("meter");
  const locale = useLocale();
  const { spent, held, unsettled, limit, left, from, to, resetsAt, own } = summary;
  const number = (value: number) => exactNumber(value, locale);
  const period = periodName(from, to, now, locale);
  const reserved = held - unsettled;
  const share = (value: number) => (limit ? `${Math.min(100, (value / limit) * 100)}%` : "0%");
  const facts = [
    reserved > 0 ? t("reserved", { count: number(reserved) }) : null,
    unsettled > 0 ? t("toConfirm", { count: number(unsettled) }) : null,
    left === null ? t("noLimit") : t("left", { count: number(left) }),
    t("resets", { day: day(resetsAt, now, locale, timeZone) }),
  ].filter((fact) => fact !== null);
  return (
    <SoftLink href={`/t/${slug}/credits`} className="sheet num grid gap-1.5 px-3 py-2.5 hover:border-line-strong">
      <span className="text-text-3 text-xs">{t("label", { month: period })}</span>
      <strong className="font-semibold">
        {limit === null
          ? t("spent", { spent: number(spent) })
          : t("spentOf", { spent: number(spent), limit: number(limit) })}
      </strong>
      {limit !== null && (
        <span
          role="img"
          aria-label={t("bar", { spent: number(spent), limit: number(limit), held: number(held) })}
          className="flex h-[5px] overflow-hidden rounded-full bg-sunk"
        >
          <span className="bg-accent" style={{ width: share(spent) }} />
          <span className="bg-line-strong" style={{ width: share(held) }} />
        </span>
      )}
      <span className="text-text-3 text-xs">
        {facts.map((fact) => fact.replaceAll(" ", "\u00a0")).join("\u00a0· ")}
      </span>
      {own && (
        <span className="text-text-2 text-xs">
          {t("own", { spent: number(own.spent), limit: number(own.limit), left: number(own.left) })}
        </span>
      )}
    </SoftLink>
  );
}
