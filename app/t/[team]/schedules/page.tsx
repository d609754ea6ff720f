import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { EmptyState } from "@/app/_ui/empty-state";
import { getLabels } from "@/app/_ui/labels";
import { PageHeader } from "@/app/_ui/page-header";
import { SaveTable } from "@/app/_ui/save-table";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { mayPress } from "@/lib/schedules/may-press";
import { readPlan } from "@/lib/schedules/read-plan";
import { readRenewables } from "@/lib/schedules/read-renewables";
import { readPlannable, readSchedulesPage, readSlots } from "@/lib/schedules/read-schedules";
import { readSourceHours } from "@/lib/schedules/read-source-hours";
import { readPayers, weekDays } from "./choices";
import { PauseAll } from "./pause-all";
import { PlanSection } from "./plan-section";
import { ScheduleForm } from "./schedule-form";
import { ScheduleTable } from "./schedule-table";
import { SlotTable } from "./slot-table";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("schedules"))("title"),
});

export default async function SchedulesPage({ params, searchParams }: Props) {
  const [{ team: slug }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/schedules");
  const address = tableAddress(`/t/${slug}/schedules`, given);
  const [, wanted] = /^(?:search|watchlist)-([0-9a-f-]{36})$/i.exec([given.what].flat()[0] ?? "") ?? [];
  const isAdmin = allows(ctx.member.role, "limits:write");
  const [t, locale, labels, page, plan, plannable, slots, source, open, payers, now, mark] = await Promise.all([
    getTranslations("schedules"),
    getLocale(),
    getLabels(),
    readSchedulesPage(ctx, address.look),
    readPlan(ctx),
    isAdmin ? readPlannable(ctx) : [],
    readSlots(ctx),
    readSourceHours(ctx),
    readRenewables(ctx, z.uuid().safeParse(wanted).data ?? null),
    readPayers(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const { timeZone } = ctx.team;
  const canSpend = allows(ctx.member.role, "insights:buy");
  const isAny = page.all.count > 0;
  const isAnything = open.items === null || open.items.length > 0;
  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark}>
        {isAdmin && isAny && <PauseAll slug={slug} isAllPaused={page.all.active === 0} />}
      </PageHeader>
      <div className="grid gap-3.5">
        <section className="sheet min-w-0">
          <TableFind address={address} shown={page} table={t("table")} />
          {isAny && page.total === 0 ? (
            <NothingFound address={address} table={t("table")} />
          ) : isAny ? (
            <>
              <ScheduleTable
                items={page.items}
                slug={slug}
                now={now}
                timeZone={timeZone}
                canSpend={canSpend}
                pressable={new Set(page.items.filter((one) => mayPress(ctx.member, one)).map(({ id }) => id))}
              />
              <TablePages address={address} shown={page} table={t("table")} />
              <div className="flex flex-wrap items-start gap-x-3 py-2.5 pr-2 pl-3.5">
                <p className="min-w-0 flex-1 basis-80 text-text-2">
                  {t("total", { price: labels.credits(page.all.monthCredits) })}
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
        {isAny && (
          <PlanSection
            slug={slug}
            overview={plan}
            schedules={page.items}
            isPart={page.total > page.items.length || address.look.q !== ""}
            plannable={plannable}
            isAdmin={isAdmin}
            now={now}
            timeZone={timeZone}
          />
        )}
        {canSpend && isAnything && (
          <section className="sheet max-w-[30rem] p-3.5" aria-labelledby="new-schedule">
            <h2 id="new-schedule" className="mb-2.5">
              {t("new")}
            </h2>
            <ScheduleForm
              slug={slug}
              things={open.items}
              payers={payers}
              ownId={ctx.member.id}
              chosen={open.chosen && { value: `${open.chosen.kind}-${open.chosen.id}`, name: open.chosen.name }}
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
