import { useLocale, useTranslations } from "next-intl";
import { fullDay } from "@/lib/platform/format/date";
import type { SchedulePlan } from "@/lib/schedules/schemas";
import { PlanCalendar } from "./plan-calendar";

type Props = { plan: SchedulePlan; credits: (count: number) => string };

/** So many are named one by one. */
const MOST_TOLD = 50;

/** What a plan would change, before it is applied: how often each renews, what each day costs, and other paces. */
export function PlanTold({ plan, credits }: Props) {
  const t = useTranslations("client.plan");
  const locale = useLocale();
  const pace = (days: number) => (days === 1 ? t("daily") : days === 7 ? t("weekly") : t("every", { days }));
  const saved = plan.apartCredits - plan.credits;
  return (
    <div role="status" className="grid gap-2.5">
      <p className="text-text-2">
        {t(plan.leftCredits === null ? "toldUnlimited" : "told", {
          credits: credits(plan.credits),
          left: credits(plan.leftCredits ?? 0),
          day: fullDay(plan.until, locale),
        })}
        {saved > 0 && ` ${t("merged", { credits: credits(saved) })}`}
      </p>
      <ul className="grid gap-1" aria-label={t("changes")}>
        {plan.items.slice(0, MOST_TOLD).map(({ id, name, before, renewals, everyDays }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-3">
            <span className="min-w-0 wrap-anywhere">{name}</span>
            <span className="num text-text-2">
              {everyDays === null ? t("rests") : pace(everyDays)} · {t("times", { before, renewals })}
            </span>
          </li>
        ))}
        {plan.items.length > MOST_TOLD && (
          <li className="text-text-3">{t("andMore", { count: plan.items.length - MOST_TOLD })}</li>
        )}
      </ul>
      <PlanCalendar label={t("calendarOf")} days={plan.days} />
      <p className="text-text-3 text-xs">
        {t("paces")}{" "}
        {plan.paces.map(({ everyDays: every, credits: cost }) => `${pace(every)}: ${credits(cost)}`).join(" · ")}
      </p>
    </div>
  );
}
