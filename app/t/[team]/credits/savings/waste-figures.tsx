import { useLocale, useTranslations } from "next-intl";
import { UsageCard } from "@/app/t/[team]/credits/usage-card";
import { OPENED_WITHIN_DAYS, type Savings } from "@/lib/credits/savings-schemas";
import { exactNumber } from "@/lib/platform/format/number";

const KINDS = ["repeated", "unopened", "unchanged"] as const;

/** What was spent in a period, and of that for nothing, by kind. */
export function WasteFigures({ savings }: { savings: Savings }) {
  const t = useTranslations("savings");
  const locale = useLocale();
  const lost = KINDS.reduce((sum, kind) => sum + savings[kind], 0);
  return (
    <dl className="num grid grid-cols-2 gap-2.5 lg:grid-cols-4">
      <UsageCard label={t("spent")} value={exactNumber(savings.spent, locale)}>
        {lost === 0 ? t("fine") : t("spentText", { lost: exactNumber(lost, locale) })}
      </UsageCard>
      {KINDS.map((kind) => (
        <UsageCard
          key={kind}
          label={t(`kinds.${kind}`)}
          value={exactNumber(savings[kind], locale)}
          hint={t(`hints.${kind}`, { days: OPENED_WITHIN_DAYS })}
        >
          {t("purchases", { count: savings.purchases[kind] })}
        </UsageCard>
      ))}
    </dl>
  );
}
