import { useLocale, useTranslations } from "next-intl";
import type { CreditSummary } from "@/lib/credits/schemas";
import { day } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";

type Props = { summary: CreditSummary; now: Date; timeZone: string };

/** The running period in five figures: spent, reserved, to confirm, left, and what cost nothing. */
export function CreditTiles({ summary, now, timeZone }: Props) {
  const t = useTranslations("credits");
  const locale = useLocale();
  const { spent, held, unsettled, limit, left, groups } = summary;
  const number = (value: number) => exactNumber(value, locale);
  const free = groups.reduce((sum, group) => sum + group.free, 0);
  const tiles = [
    [t("spent"), number(spent), limit === null ? t("spentNoLimit") : t("spentOf", { limit: number(limit) })],
    [t("reserved"), number(held - unsettled), t("reservedText")],
    [t("toConfirm"), number(unsettled), t(unsettled > 0 ? "toConfirmText" : "toConfirmNone")],
    left === null
      ? [t("left"), "—", t("leftNone")]
      : [t("left"), number(left), t("leftText", { day: day(summary.resetsAt, now, locale, timeZone) })],
    [t("saved"), number(free), t("savedText")],
  ] as const;
  return (
    <dl className="num mb-3.5 grid grid-cols-2 gap-2.5 sm:grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))]">
      {tiles.map(([label, value, text]) => (
        <div key={label} className="sheet grid content-start max-sm:last:col-span-2 gap-0.5 px-3 py-2.5">
          <dt className="text-text-3 text-xs">{label}</dt>
          <dd className="font-semibold text-[1.1875rem] tracking-[-0.02em]">{value}</dd>
          <dd className="text-text-2 text-xs">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
