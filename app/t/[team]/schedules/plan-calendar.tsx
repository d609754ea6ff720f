import { useLocale, useTranslations } from "next-intl";
import { fullDay } from "@/lib/platform/format/date";
import { compactNumber } from "@/lib/platform/format/number";
import type { PlanOverview } from "@/lib/schedules/schemas";

type Props = { label: string; days: PlanOverview["days"] };

const midnight = (date: string) => Date.parse(`${date}T00:00:00Z`);

/** The days up to the period's end as weeks from Monday on, each with what it costs. */
export function PlanCalendar({ label, days }: Props) {
  const t = useTranslations("client.plan");
  const locale = useLocale();
  // As dates read everywhere here: "27 Nov". In Chinese "11/27", which a narrow day holds.
  const named = (options: Intl.DateTimeFormatOptions, at: number) =>
    new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { ...options, timeZone: "UTC" }).format(at);
  const month = locale === "en" ? "short" : "numeric";
  const [first] = days;
  const before = first ? (new Date(midnight(first.date)).getUTCDay() + 6) % 7 : 0;
  return (
    <section aria-label={label} className="grid max-w-[34rem] grid-cols-7 content-start gap-1">
      {Array.from({ length: 7 }, (_, day) => Date.UTC(2024, 0, 1 + day)).map((at) => (
        <span key={at} aria-hidden="true" className="text-center text-text-3 text-xs">
          {named({ weekday: "short" }, at)}
        </span>
      ))}
      {days.map(({ date, credits, renewals }, index) => (
        <p
          key={date}
          className={`wrap-normal min-w-0 rounded border border-line px-1 py-0.5 text-center leading-tight ${credits > 0 ? "bg-sunk" : ""}`}
          style={index === 0 ? { gridColumnStart: before + 1 } : undefined}
          title={t("day", { day: fullDay(date, locale), renewals, credits })}
        >
          <span className="block text-text-3 text-xs" aria-hidden="true">
            {named({ day: "numeric", ...((index === 0 || date.endsWith("-01")) && { month }) }, midnight(date))}
          </span>
          <span className={`num text-xs ${credits > 0 ? "" : "text-text-3"}`} aria-hidden="true">
            {credits > 0 ? compactNumber(credits, locale) : "·"}
          </span>
          <span className="sr-only">{t("day", { day: fullDay(date, locale), renewals, credits })}</span>
        </p>
      ))}
    </section>
  );
}
