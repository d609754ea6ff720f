import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useBreakWords } from "@/app/_ui/break-words";
import { receiptHref } from "@/app/_ui/receipt-link";
import type { ProviderBreak } from "@/lib/insights/break-schemas";
import { moment } from "@/lib/platform/format/date";
import { JudgeBreak } from "./judge-break";

type Props = { slug: string; breaks: ProviderBreak[]; canJudge: boolean; now: Date; timeZone: string };

/** Each change with the answers on both sides of it, and what holds of comparisons across. */
export function BreakTable({ slug, breaks, canJudge, now, timeZone }: Props) {
  const t = useTranslations("providerChanges");
  const locale = useLocale();
  const words = useBreakWords();
  const on = (at: string) => moment(at, now, locale, timeZone);
  return (
    <ul aria-label={t("table")}>
      {breaks.map((one) => (
        <li key={one.id} className="grid gap-1 border-line border-t px-3.5 py-3 first:border-t-0">
          <p className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
            <b className="wrap-anywhere">{words.title(one)}</b>
            <span className={one.verdict === null ? "tag tag-warn" : "tag"}>{t(`state.${one.verdict ?? "open"}`)}</span>
          </p>
          <p className="num text-pretty text-text-2">
            {words.where(one)} · {words.sentence(one)}
          </p>
          <p className="num flex flex-wrap gap-x-3 text-text-2">
            {(["before", "after"] as const).map((side) => {
              const { receiptId, fetchedAt } = one[side];
              return (
                <span key={side}>
                  {t(side)}{" "}
                  <Link
                    href={receiptHref(slug, receiptId)}
                    prefetch={false}
                    className="link"
                    aria-label={t("receiptOf", { which: t(side), date: on(fetchedAt) })}
                  >
                    {on(fetchedAt)}
                  </Link>
                </span>
              );
            })}
            <span>{one.endedAt ? t("ended", { date: on(one.endedAt) }) : t("now")}</span>
            <span>{t("heldAlerts", { count: one.heldAlerts })}</span>
            {one.judgedAt && <span>{t("judgedBy", { name: one.judgedBy ?? "–", date: on(one.judgedAt) })}</span>}
          </p>
          {canJudge && <JudgeBreak slug={slug} id={one.id} verdict={one.verdict} />}
        </li>
      ))}
    </ul>
  );
}
