import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { FilterForm } from "@/app/_ui/filter-form";
import { LedgerTable } from "@/app/_ui/ledger-table";
import { PageHeader } from "@/app/_ui/page-header";
import { SelectField } from "@/app/_ui/select-field";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow, teamSummary } from "@/app/t/[team]/_shell/team-facts";
import { countUnsettled } from "@/lib/credits/count-unsettled";
import { readEntries } from "@/lib/credits/read-entries";
import { entriesInputSchema } from "@/lib/credits/schemas";
import { day } from "@/lib/platform/format/date";
import { readMembers } from "@/lib/teams/read-members";
import { CreditTiles } from "./credit-tiles";
import { CreditsNav } from "./credits-nav";
import { MemberTable } from "./member-table";

type Props = {
  params: Promise<{ team: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("credits"))("title"),
});

export default async function CreditsPage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/credits");
  const asked = entriesInputSchema.safeParse({
    ...(address.member ? { member: address.member } : {}),
    ...(address.cursor ? { cursor: address.cursor } : {}),
  });
  const input = asked.success ? asked.data : {};
  const [t, locale, summary, ledger, members, toConfirm, now, mark] = await Promise.all([
    getTranslations("credits"),
    getLocale(),
    teamSummary(ctx),
    // A cursor that somebody cut short is no reason for a broken page: show the newest entries.
    readEntries(ctx, input).catch(() => readEntries(ctx, input.member ? { member: input.member } : {})),
    readMembers(ctx),
    countUnsettled(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const { timeZone } = ctx.team;
  const dayOf = (date: string) => day(`${date}T12:00:00Z`, now, locale, "UTC");
  const subtitle = t("subtitle", {
    from: dayOf(summary.from),
    to: dayOf(summary.to),
    zone: timeZone.replaceAll("_", " "),
    day: day(summary.resetsAt, now, locale, timeZone),
  });
  const here = `/t/${slug}/credits`;
  const withMember: Record<string, string> = input.member ? { member: input.member } : {};

  return (
    <>
      <PageHeader title={t("title")} subtitle={subtitle} mark={mark} />
      <CreditsNav slug={slug} toConfirm={toConfirm} />
      <CreditTiles summary={summary} now={now} timeZone={timeZone} />
      <div className="grid items-start gap-3.5 xl:grid-cols-[23rem_minmax(0,1fr)]">
        <MemberTable groups={summary.groups} />
        <section className="sheet min-w-0">
          <header className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2 px-3.5 pt-3 pb-2">
            <h2 className="self-center">{t("ledger")}</h2>
            <FilterForm
              key={input.member ?? ""}
              action={here}
              label={t("filters")}
              values={{ member: input.member ?? "" }}
              className="flex items-end gap-2"
            >
              <SelectField label={t("filterMember")} name="member" defaultValue={input.member ?? ""}>
                <option value="">{t("everybody")}</option>
                {members.map((member) => (
                  <option key={member.id} value={member.id}>
                    {member.name}
                  </option>
                ))}
              </SelectField>
              <button type="submit" className="btn">
                {t("filter")}
              </button>
            </FilterForm>
          </header>
          {ledger.items.length > 0 ? (
            <LedgerTable entries={ledger.items} slug={slug} now={now} timeZone={timeZone} />
          ) : input.member ? (
            <EmptyState title={t("emptyTitle")}>
              <p>{t("emptyMember")}</p>
            </EmptyState>
          ) : (
            <EmptyState
              title={t("emptyTitle")}
              action={
                <Link href={`/t/${slug}/explore`} prefetch={false} className="btn">
                  {t("emptyAction")}
                </Link>
              }
            >
              <p>{t("emptyText")}</p>
            </EmptyState>
          )}
          {(input.cursor || ledger.nextCursor) && (
            <footer className="flex justify-between gap-3 border-line border-t px-3 py-2">
              {input.cursor ? (
                <Link href={`${here}?${new URLSearchParams(withMember)}`} prefetch={false} className="btn btn-quiet">
                  {t("first")}
                </Link>
              ) : (
                <span />
              )}
              {ledger.nextCursor && (
                <Link
                  href={`${here}?${new URLSearchParams({ ...withMember, cursor: ledger.nextCursor })}`}
                  prefetch={false}
                  rel="next"
                  className="btn"
                >
                  {t("next")}
                </Link>
              )}
            </footer>
          )}
        </section>
      </div>
    </>
  );
}
