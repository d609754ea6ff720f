import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { getLabels } from "@/app/_ui/labels";
import { PageHeader } from "@/app/_ui/page-header";
import { SaveTable } from "@/app/_ui/save-table";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { mayPress } from "@/lib/schedules/may-press";
import { readPlan } from "@/lib/schedules/read-plan";
import { readSchedules, readSlots } from "@/lib/schedules/read-schedules";
import { readSourceHours } from "@/lib/schedules/read-source-hours";
import { readMembers } from "@/lib/teams/read-members";
import { readSearches } from "@/lib/tracking/read-searches";
import { readWatchlists } from "@/lib/tracking/read-watchlists";
import { payersOf, weekDays } from "./choices";
import { PauseAll } from "./pause-all";
import { PlanSection } from "./plan-section";
import { ScheduleForm } from "./schedule-form";
import { ScheduleTable } from "./schedule-table";
import { SlotTable } from "./slot-table";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<{ what?: string | string[] }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("schedules"))("title"),
});

export default async function SchedulesPage({ params, searchParams }: Props) {
  const [{ team: slug }, { what }] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/schedules");
  const [t, locale, labels, page, plan, slots, source, searches, lists, people, now, mark] = await Promise.all([
    getTranslations("schedules"),
    getLocale(),
    getLabels(),
    readSchedules(ctx),
    readPlan(ctx),
    readSlots(ctx),
    readSourceHours(ctx),
    readSearches(ctx),
    readWatchlists(ctx),
    readMembers(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const { timeZone } = ctx.team;
  const canSpend = allows(ctx.member.role, "insights:buy");
  const isAdmin = allows(ctx.member.role, "limits:write");
  const scheduled = new Set(page.items.map(({ searchId, watchlistId }) => searchId ?? watchlistId));
  const open = (items: { id: string; name: string }[]) =>
    items.filter(({ id }) => !scheduled.has(id)).map(({ id, name }) => ({ id, name }));
  const things = { searches: open(searches.items), lists: open(lists.items) };
  const isAnything = searches.items.length + lists.items.length > 0;
  const payers = payersOf(ctx, people);
  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark}>
        {isAdmin && page.items.length > 0 && (
          <PauseAll slug={slug} isAllPaused={page.items.every(({ pausedAt }) => pausedAt !== null)} />
        )}
      </PageHeader>
      <div className="grid gap-3.5">
        <section className="sheet min-w-0">
          {page.items.length > 0 ? (
            <>
              <ScheduleTable
                items={page.items}
                slug={slug}
                now={now}
                timeZone={timeZone}
                canSpend={canSpend}
                pressable={new Set(page.items.filter((one) => mayPress(ctx.member, one)).map(({ id }) => id))}
              />
              <div className="flex flex-wrap items-start gap-x-3 py-2.5 pr-2 pl-3.5">
                <p className="min-w-0 flex-1 basis-80 text-text-2">
                  {t("total", { price: labels.credits(page.monthCredits) })}
                  <span className="block text-text-3 text-xs">{t("zone", { zone: timeZone })}</span>
                </p>
                <span className="ml-auto flex flex-wrap">
                  <SaveTable href={`/api/v1/schedules.csv?team=${slug}`} name={t("table")} />
                </span>
              </div>
            </>
          ) : (
            <EmptyState title={t("emptyTitle")}>
              <p>{t(isAnything ? "emptyText" : "emptyNothing")}</p>
              {!canSpend && <p>{t("emptyViewer")}</p>}
            </EmptyState>
          )}
        </section>
        {page.items.length > 0 && (
          <PlanSection
            slug={slug}
            overview={plan}
            schedules={page.items}
            isAdmin={isAdmin}
            now={now}
            timeZone={timeZone}
          />
        )}
        {canSpend && things.searches.length + things.lists.length > 0 && (
          <section className="sheet max-w-[30rem] p-3.5" aria-labelledby="new-schedule">
            <h2 id="new-schedule" className="mb-2.5">
              {t("new")}
            </h2>
            <ScheduleForm
              slug={slug}
              things={things}
              payers={payers}
              ownId={ctx.member.id}
              chosen={[what].flat()[0] ?? ""}
              timeZone={timeZone}
              weekDays={weekDays(locale)}
              source={source}
            />
          </section>
        )}
        {slots.length > 0 && (
          <section className="sheet min-w-0" aria-labelledby="slots">
            <h2 id="slots" className="px-3.5 pt-3">
              {t("history")}
            </h2>
            <p className="px-3.5 pb-2 text-text-3 text-xs">{t("historyText")}</p>
            <SlotTable
              slots={slots}
              fileHref={`/api/v1/schedules/slots.csv?team=${slug}`}
              now={now}
              timeZone={timeZone}
            />
          </section>
        )}
      </div>
    </>
  );
}
