import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Brand } from "@/app/_ui/brand";
import { CreditsMeter } from "@/app/_ui/credits-meter";
import { LeaveFilters } from "@/app/_ui/leave-filters";
import { Moving } from "@/app/_ui/moving/moving";
import { wordsLayout } from "@/app/_ui/words-layout";
import { currentAccount } from "@/lib/auth/current-account";
import { allows } from "@/lib/auth/permissions";
import { lacksSecondFactor } from "@/lib/auth/second-factor";
import { teamContext } from "@/lib/auth/team-context";
import { day } from "@/lib/platform/format/date";
import { readTeams } from "@/lib/teams/read-teams";
import { BottomNav } from "./_shell/bottom-nav";
import { DeletingBanner } from "./_shell/deleting-banner";
import { SideNav } from "./_shell/side-nav";
import { pageNow, teamSummary, teamUnread } from "./_shell/team-facts";
import { TopBar } from "./_shell/top-bar";

/** What buying, stars, runs and names that are looked up say, which are on most of a team's pages. */
const Words = wordsLayout(
  "ask",
  "confirm",
  "cost",
  "moved",
  "pick",
  "problem",
  "report",
  "run",
  "searches",
  "spend",
  "star",
  "toast",
);

type Props = { children: ReactNode; params: Promise<{ team: string }> };

export default async function TeamLayout({ children, params }: Props) {
  const { team: slug } = await params;
  const [ctx, account] = await Promise.all([teamContext(slug), currentAccount()]);
  // The page answers 404, or goes to the sign-in or the second factor; it knows where to come back to.
  if (!ctx || !account || (await lacksSecondFactor(ctx))) return <NoTeam>{children}</NoTeam>;
  const [t, locale, teams, summary, now, unread] = await Promise.all([
    getTranslations("app"),
    getLocale(),
    readTeams(account.id),
    teamSummary(ctx),
    pageNow(),
    teamUnread(ctx),
  ]);
  const people = { teams, team: ctx.team, account, unread };
  return (
    <div className="md:grid md:grid-cols-[13.25rem_minmax(0,1fr)]">
      <a href="#content" className="skip">
        {t("skip")}
      </a>
      <TopBar {...people} />
      <SideNav {...people}>
        <CreditsMeter summary={summary} slug={slug} now={now} timeZone={ctx.team.timeZone} />
      </SideNav>
      <main
        id="content"
        tabIndex={-1}
        className="w-full max-w-[120rem] px-3.5 pt-3 pb-24 outline-none md:px-6 md:pt-4.5 md:pb-10"
      >
        {ctx.team.deletesAt && (
          <DeletingBanner
            slug={ctx.team.slug}
            day={day(ctx.team.deletesAt, now, locale, ctx.team.timeZone)}
            mayKeep={allows(ctx.member.role, "team:delete")}
          />
        )}
        <Words>{children}</Words>
      </main>
      <BottomNav slug={slug} />
      <LeaveFilters slug={ctx.team.slug} />
      <Moving slug={ctx.team.slug} accountId={account.id} canAudit={allows(ctx.member.role, "audit:read")} />
    </div>
  );
}

/** The same page for who is in no such team, whether there is one or not. */
const NoTeam = ({ children }: { children: ReactNode }) => (
  <main className="grid min-h-dvh content-center justify-items-center">
    <Brand />
    {children}
  </main>
);
