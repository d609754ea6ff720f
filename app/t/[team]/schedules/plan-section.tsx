import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { Notice } from "@/app/_ui/notice";
import { day, moment } from "@/lib/platform/format/date";
import type { PlanOverview, Schedule } from "@/lib/schedules/schemas";
import { MakeItLast } from "./make-it-last";
import { PlanCalendar } from "./plan-calendar";
import { PlanForm } from "./plan-form";
import { UndoPlan } from "./undo-plan";

type Props = {
  slug: string;
  overview: PlanOverview;
  /** Those that the table shows. */
  schedules: Schedule[];
  /** There are others. */
  isPart: boolean;
  /** What a plan of all takes. */
  plannable: { id: string; priority: number }[];
  isAdmin: boolean;
  now: Date;
  timeZone: string;
};

/** The period ahead with its cost a day, what was planned, and for admins the plan within a budget. */
export function PlanSection({ slug, overview, schedules, isPart, plannable, isAdmin, now, timeZone }: Props) {
  const t = useTranslations("schedules.plan");
  const locale = useLocale();
  const labels = useLabels();
  const { applied, credits, days, leftCredits, until } = overview;
  const items = schedules.flatMap(({ id, name, priority, cadence, pausedAt }) =>
    pausedAt ? [] : [{ id, name, priority, cadence }],
  );
  const isShort = leftCredits !== null && credits > leftCredits;
  const last = day(`${until}T12:00:00Z`, now, locale, "UTC");
  return (
    <section className="sheet grid min-w-0 gap-3 p-3.5" aria-labelledby="plan">
      <h2 id="plan">{t("title", { day: last })}</h2>
      {!(isAdmin && isShort) && (
        <p className="text-text-2">
          {t(leftCredits === null ? "costUnlimited" : "cost", {
            credits: labels.credits(credits),
            left: labels.credits(leftCredits ?? 0),
          })}
        </p>
      )}
      {isAdmin && isShort && (
        <MakeItLast slug={slug} items={plannable} credits={credits} leftCredits={leftCredits} until={until} now={now} />
      )}
      {applied && (
        <Notice tone="plain">
          <p>{t("applied", { name: applied.byName, moment: moment(applied.madeAt, now, locale, timeZone) })}</p>
          {applied.replanned && (
            <p>
              {t("replanned", {
                moment: moment(applied.replanned.at, now, locale, timeZone),
                slower: applied.replanned.slower,
                faster: applied.replanned.faster,
                resting: applied.replanned.resting,
              })}
            </p>
          )}
          {isAdmin && <UndoPlan slug={slug} />}
        </Notice>
      )}
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-2">
        <PlanCalendar label={t("calendar")} days={days} />
        {isAdmin && items.length > 0 && (
          <div className="grid content-start gap-2.5">
            <h3 className="font-semibold">{t("budgetTitle")}</h3>
            <p className="text-text-2">{t("budgetText")}</p>
            <PlanForm
              key={`${applied?.madeAt} ${items.map(({ id }) => id).join()}`}
              slug={slug}
              items={items}
              isPart={isPart}
              budgetCredits={overview.budgetCredits}
            />
          </div>
        )}
      </div>
    </section>
  );
}
