import { useLocale, useTranslations } from "next-intl";
import { hourText } from "@/app/_ui/hour-words";
import { SKIP_REASONS } from "@/lib/notifications/schemas";
import { moment } from "@/lib/platform/format/date";
import type { Schedule, Slot } from "@/lib/schedules/schemas";

const REASONS = ["paused", ...SKIP_REASONS, "not_found", "max_credits"] as const;

/** When a schedule is due and what came of a moment, in the reader's language. */
export function useSlotWords(now: Date, timeZone: string) {
  const t = useTranslations("schedules");
  const locale = useLocale();

  function when({ cadence, weekDay, monthDay, everyDays, hour }: Schedule): string {
    const day = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(
      Date.UTC(2024, 0, weekDay ?? 1),
    );
    return t(`cadences.${cadence}`, { hour: hourText(hour), day, monthDay: monthDay ?? 1, count: everyDays });
  }

  function outcome({ outcome, reason, unchangedSince }: Slot): string {
    const word = t(`outcomes.${outcome ?? "underWay"}`);
    if (unchangedSince) return t("unchanged", { outcome: word, moment: moment(unchangedSince, now, locale, timeZone) });
    if (!reason) return word;
    return `${word}: ${t(`reasons.${REASONS.find((one) => one === reason) ?? "other"}`)}`;
  }

  return { when, outcome };
}
