import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { getLabels } from "@/app/_ui/labels";
import { PageHeader } from "@/app/_ui/page-header";
import { pageMissing } from "@/app/_ui/page-missing";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { readPayers, weekDays } from "@/app/t/[team]/schedules/choices";
import { SlotTable } from "@/app/t/[team]/schedules/slot-table";
import { allows } from "@/lib/auth/permissions";
import { SHARE } from "@/lib/credits/schemas";
import { fullMoment } from "@/lib/platform/format/date";
import { mayPress } from "@/lib/schedules/may-press";
import { readSchedule } from "@/lib/schedules/read-schedules";
import { readSourceHours } from "@/lib/schedules/read-source-hours";
import { EditSchedule } from "./edit-schedule";

type Props = { params: Promise<{ team: string; id: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("schedules"))("title"),
});

export default async function SchedulePage({ params }: Props) {
  const { team: slug, id: given } = await params;
  const ctx = await requireTeam(slug, `/schedules/${given}`);
  const id = z.uuid().safeParse(given);
  if (!id.success) notFound();
  const [schedule, source, t, locale, labels, payers, now, mark] = await Promise.all([
    readSchedule(ctx, id.data).catch(pageMissing),
    readSourceHours(ctx),
    getTranslations("schedules"),
    getLocale(),
    getLabels(),
    readPayers(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const { name, owner, nextDueAt, pausedAt, searchId, watchlistId, monthCredits } = schedule;
  const { timeZone } = ctx.team;
  // Whoever pays now stays a choice, also for those who may not choose another.
  const payer = schedule.paidBy === "share" ? { id: SHARE, name: "" } : owner;
  const isListed = payers.items.some(({ id: other }) => other === payer.id);
  const choices = isListed ? payers : { ...payers, items: [payer, ...payers.items] };
  return (
    <>
      <PageHeader title={name} subtitle={t("oneSubtitle")} mark={mark}>
        <Link
          className="btn btn-quiet self-center"
          prefetch={false}
          href={`/t/${slug}/${searchId ? `searches/${searchId}` : `watchlists/${watchlistId}`}`}
        >
          {t(searchId ? "toSearch" : "toList")}
        </Link>
      </PageHeader>
      <div className="grid gap-3.5">
        <section className="sheet max-w-[30rem] p-3.5">
          <p className="mb-3 text-text-2">
            {pausedAt
              ? t("restsNow")
              : t("nextAt", {
                  day: fullMoment(nextDueAt, locale, timeZone),
                  price: labels.credits(monthCredits),
                })}
          </p>
          {allows(ctx.member.role, "insights:buy") ? (
            <>
              {!mayPress(ctx.member, schedule) && <p className="mb-3 text-text-2">{t("takeOver")}</p>}
              <EditSchedule
                slug={slug}
                schedule={schedule}
                payers={choices}
                weekDays={weekDays(locale)}
                source={source}
              />
            </>
          ) : (
            <p className="text-text-2">
              {schedule.paidBy === "share" ? t("paidByShare") : t("paidBy", { name: owner.name })}
            </p>
          )}
        </section>
        {schedule.slots.length > 0 && (
          <section className="sheet min-w-0" aria-labelledby="slots">
            <h2 id="slots" className="px-3.5 py-3">
              {t("history")}
            </h2>
            <SlotTable
              slots={schedule.slots.map((slot) => ({ ...slot, name }))}
              fileHref={`/api/v1/schedules/slots.csv?team=${slug}&schedule=${schedule.id}`}
              now={now}
              timeZone={timeZone}
            />
          </section>
        )}
      </div>
    </>
  );
}
