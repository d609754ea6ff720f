import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { Notice } from "@/app/_ui/notice";
import { PageHeader } from "@/app/_ui/page-header";
import { SaveTable } from "@/app/_ui/save-table";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { TipLayer } from "@/app/_ui/tip-layer";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark } from "@/app/t/[team]/_shell/team-facts";
import { refusedFields } from "@/app/t/[team]/credits/address";
import { CreditsNav } from "@/app/t/[team]/credits/credits-nav";
import { PeriodFilter } from "@/app/t/[team]/credits/period-filter";
import { allows } from "@/lib/auth/permissions";
import { countUnsettled } from "@/lib/credits/count-unsettled";
import { readSavingsPage } from "@/lib/credits/read-savings";
import { savingsInputSchema } from "@/lib/credits/savings-schemas";
import { fullDay, isoDate } from "@/lib/platform/format/date";
import { LongerFreshness } from "./longer-freshness";
import { SavingsByMember, SavingsBySchedule, SavingsBySearch } from "./savings-tables";
import { WasteFigures } from "./waste-figures";

type Props = {
  params: Promise<{ team: string }>;
  searchParams: Promise<Address>;
};

const RULES = ["once", "opened", "replay", "careful", "anew"] as const;

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("savings"))("title"),
});

export default async function SavingsPage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/credits/savings");
  const asked = savingsInputSchema.safeParse({ period: address.period || undefined });
  const table = tableAddress(`/t/${slug}/credits/savings`, address, "members", "members");
  const members = table.look;
  const [t, credits, locale, waiting, mark, found] = await Promise.all([
    getTranslations("savings"),
    getTranslations("credits"),
    getLocale(),
    countUnsettled(ctx),
    dataMark(ctx),
    asked.success ? readSavingsPage(ctx, { ...asked.data, members }).catch(refused) : "period_unknown",
  ]);
  const isUnknown = found === "period_unknown";
  const read = isUnknown ? await readSavingsPage(ctx, { members }).catch(refused) : found;
  const savings = typeof read === "string" ? read : read.savings;
  const dayOf = (date: string) => fullDay(date, locale);
  const span = (one: { from: string; to: string }) => t("span", { from: dayOf(one.from), to: dayOf(one.to) });

  return (
    <>
      <PageHeader title={credits("title")} mark={mark} />
      <CreditsNav slug={slug} toConfirm={waiting} />
      {isUnknown && (
        <Notice tone="warn" className="mb-3.5" isAlert>
          <p>{t("unknown")}</p>
        </Notice>
      )}
      {typeof savings === "string" ? (
        <Notice tone="plain">
          <p>{t("large")}</p>
        </Notice>
      ) : (
        <div className="grid max-w-[72rem] gap-3.5">
          <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
            <p className="text-pretty text-text-2">
              {t("lead", {
                span: savings.period.isRunning
                  ? t("running", { from: dayOf(savings.period.from), to: dayOf(savings.period.to) })
                  : span(savings.period),
              })}
            </p>
            <PeriodFilter
              action={`/t/${slug}/credits/savings`}
              shown={savings.period.from}
              periods={savings.periods}
              span={span}
            />
          </div>
          {savings.visibility !== "all" && (
            <Notice tone="plain">
              <p>{t("visibility", { view: savings.visibility })}</p>
            </Notice>
          )}
          {savings.openedSince && (
            <Notice tone="plain">
              <p>{t("openedSince", { day: dayOf(isoDate(savings.openedSince, ctx.team.timeZone)) })}</p>
            </Notice>
          )}
          {savings.spent === 0 ? (
            <div className="sheet">
              <EmptyState title={t("emptyTitle")}>
                <p>{t("emptyText")}</p>
              </EmptyState>
            </div>
          ) : (
            <>
              <WasteFigures savings={savings} />
              <LongerFreshness
                slug={slug}
                savings={savings}
                span={span(savings.period)}
                mayWrite={allows(ctx.member.role, "team:write")}
              />
              {savings.bySchedule.length > 0 && (
                <SavingsBySchedule slug={slug} savings={savings} mayWrite={allows(ctx.member.role, "insights:buy")} />
              )}
              <SavingsBySearch slug={slug} savings={savings} />
              {typeof read !== "string" && (
                <SavingsByMember slug={slug} savings={savings} members={read.members} table={table} />
              )}
              <p className="-mt-2 flex flex-wrap justify-end">
                <SaveTable
                  href={`/api/v1/credits/savings.csv?${new URLSearchParams({ team: slug, period: savings.period.from })}`}
                  name={t("title")}
                />
              </p>
            </>
          )}
          <section className="sheet grid gap-1.5 px-3.5 py-3">
            <h2>{t("rulesTitle")}</h2>
            <ul className="grid max-w-[60rem] list-disc gap-1 pl-4 text-pretty text-text-2">
              {RULES.map((rule) => (
                <li key={rule}>{t(`rules.${rule}`)}</li>
              ))}
            </ul>
          </section>
        </div>
      )}
      <TipLayer />
    </>
  );
}

/** Why a period cannot be shown; any other failure is one. */
function refused(error: unknown): string {
  const [field] = refusedFields(error);
  if (field?.path !== "period") throw error;
  return field.message;
}
