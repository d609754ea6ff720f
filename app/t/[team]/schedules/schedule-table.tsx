import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { RunButton } from "@/app/_ui/run-button";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { moment } from "@/lib/platform/format/date";
import type { Schedule } from "@/lib/schedules/schemas";
import { ScheduleActions } from "./schedule-actions";
import { useSlotWords } from "./slot-words";

type Props = {
  items: Schedule[];
  slug: string;
  now: Date;
  timeZone: string;
  canSpend: boolean;
  /** The schedules that spend what is this member's to spend: those are run now and paused. */
  pressable: ReadonlySet<string>;
};

/** What renews by itself: when, for whom, at which price, and what came of it last. */
export function ScheduleTable({ items, slug, now, timeZone, canSpend, pressable }: Props) {
  const t = useTranslations("schedules");
  const client = useTranslations("client.schedules");
  const credits = useTranslations("credits");
  const locale = useLocale();
  const labels = useLabels();
  const words = useSlotWords(now, timeZone);
  return (
    <ScrollRegion label={t("tableScroll")}>
      <table className="table searches cards" aria-label={t("table")}>
        <thead>
          <tr>
            <th scope="col" className="l">
              {t("name")}
            </th>
            <th scope="col" className="l">
              {t("owner")}
            </th>
            <th scope="col" className="l">
              {t("next")}
            </th>
            <th scope="col" className="l">
              {t("last")}
            </th>
            <th scope="col" className="l">
              {t("month")}
            </th>
            <th scope="col">{t("actions")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((schedule) => (
            <tr key={schedule.id}>
              <th scope="row" className="name l">
                <Link
                  href={`/t/${slug}/${schedule.searchId ? `searches/${schedule.searchId}` : `watchlists/${schedule.watchlistId}`}`}
                  prefetch={false}
                  className="link font-semibold"
                >
                  {schedule.name}
                </Link>
                <span className="block font-normal text-text-3 text-xs">
                  {words.when(schedule)} ·{" "}
                  <Link href={`/t/${slug}/schedules/${schedule.id}`} prefetch={false} className="link">
                    {t(canSpend ? "change" : "look")}
                    <span className="sr-only"> {schedule.name}</span>
                  </Link>
                </span>
              </th>
              <td className="person l text-text-2" data-label={t("owner")}>
                {schedule.paidBy === "share" ? (
                  <>
                    {credits("share")}
                    <span className="block text-text-3 text-xs">{t("inCharge", { name: schedule.owner.name })}</span>
                  </>
                ) : (
                  schedule.owner.name
                )}
              </td>
              <td className="l num text-text-2" data-label={t("next")}>
                {schedule.pausedAt ? (
                  <span className="tag tag-warn">{t("paused")}</span>
                ) : (
                  moment(schedule.nextDueAt, now, locale, timeZone)
                )}
              </td>
              <td className="wrap l text-text-2" data-label={t("last")}>
                {schedule.last ? (
                  <>
                    {words.outcome(schedule.last)}
                    <span className="block text-text-3 text-xs">{labels.age(schedule.last.dueAt, now)}</span>
                  </>
                ) : (
                  t("never")
                )}
              </td>
              <td className="l num text-text-2" data-label={t("month")}>
                {labels.credits(schedule.monthCredits)}
              </td>
              <td className="next">
                {canSpend && (
                  <span className="flex flex-wrap justify-end gap-1.5">
                    {pressable.has(schedule.id) && schedule.last?.outcome !== null && (
                      <RunButton
                        slug={slug}
                        path={`/schedules/${schedule.id}/run`}
                        label={client("run", { price: labels.credits(schedule.runCredits) })}
                        priceCredits={schedule.runCredits}
                        canSpend={canSpend}
                        timeZone={timeZone}
                      />
                    )}
                    <ScheduleActions slug={slug} schedule={schedule} mayRest={pressable.has(schedule.id)} />
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
