import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Snapshot } from "@/lib/insights/schemas";
import { day, fullMoment } from "@/lib/platform/format/date";
import { useLabels } from "./labels";
import { Receipt } from "./receipt";

type Props = {
  snapshot: Snapshot;
  slug: string;
  now: Date;
  timeZone: string;
  /** Set when the answer is older than the team accepts as fresh. */
  staleAfterMinutes: number | null;
  /** The paid alternative. */
  children: ReactNode;
};

/** Where the figures below come from, said once: fetched when, by whom, for which window; free here, or paid anew. */
export function Provenance({ snapshot, slug, now, timeZone, staleAfterMinutes, children }: Props) {
  const t = useTranslations("explore");
  const locale = useLocale();
  const labels = useLabels();
  const bold = (chunks: ReactNode) => <strong className="font-semibold text-text">{chunks}</strong>;
  const { fetchedAt, query, receipt } = snapshot;
  return (
    <div className="provenance num flex flex-wrap items-center gap-x-4 gap-y-2 px-0.5 py-2.5 text-text-2">
      <span title={fullMoment(fetchedAt, locale, timeZone)}>
        {t.rich("fetchedBy", { age: labels.age(fetchedAt, now), name: receipt.boughtBy.name, b: bold })}
      </span>
      <button type="button" popoverTarget="receipt" className="dotted rounded-none hover:text-text">
        {t("source")}
      </button>
      <Receipt id="receipt" snapshot={snapshot} slug={slug} timeZone={timeZone} />
      <span>
        {t("asFetched", { window: labels.windowInText(query.window), day: day(fetchedAt, now, locale, timeZone) })}
      </span>
      {staleAfterMinutes !== null && (
        <span className="tag tag-warn" title={t("oldHint")}>
          {t("old", { age: span(staleAfterMinutes) })}
        </span>
      )}
      <span className="grow" />
      <span>{t.rich("storedCopy", { free: labels.credits(0), b: bold })}</span>
      {children}
    </div>
  );

  function span(minutes: number): string {
    if (minutes < 120) return t("freshMinutes", { count: minutes });
    if (minutes < 48 * 60) return t("freshHours", { count: Math.round(minutes / 60) });
    return t("freshDays", { count: Math.round(minutes / 1440) });
  }
}
