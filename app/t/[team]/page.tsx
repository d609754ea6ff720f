import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { BreakNotice } from "@/app/_ui/break-notice";
import { CreditsMeter } from "@/app/_ui/credits-meter";
import { Notice } from "@/app/_ui/notice";
import { PageHeader } from "@/app/_ui/page-header";
import { ReportLink } from "@/app/_ui/report/report-link";
import { leftFilters } from "@/app/t/[team]/_shell/left-filters";
import { mayStop } from "@/app/t/[team]/_shell/may-stop";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow, teamKey, teamSummary } from "@/app/t/[team]/_shell/team-facts";
import type { TeamContext } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import { readOpenBreaks } from "@/lib/insights/read-breaks";
import { readRecentAnswers } from "@/lib/insights/read-recent-answers";
import { questionSchema } from "@/lib/insights/schemas";
import { isThrough } from "@/lib/tracking/first-steps-schemas";
import { type MovementsInput, movementsInputSchema, movementsQuery } from "@/lib/tracking/movement-schemas";
import { readFirstSteps } from "@/lib/tracking/read-first-steps";
import { type MovementScopes, readMovementScopes } from "@/lib/tracking/read-movement-scopes";
import { readMovements } from "@/lib/tracking/read-movements";
import { readRefreshRun } from "@/lib/tracking/read-refresh-run";
import { readStale } from "@/lib/tracking/read-stale";
import { readWatched } from "@/lib/tracking/read-watched";
import { MOST_LISTS, MOST_SEARCHES, type RefreshTargetInput } from "@/lib/tracking/schemas";
import { FirstSteps } from "./first-steps";
import { HiddenSteps } from "./hidden-steps";
import { MovementsView, SHOWN } from "./movements";
import { RecentAnswers } from "./recent-answers";
import { RenewStale } from "./renew-stale";

type Props = {
  params: Promise<{ team: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const RECENT = 12;

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("home"))("title"),
});

export default async function TeamHomePage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const usual = movementsInputSchema.parse({});
  const input = movementsInputSchema.safeParse(address).data ?? usual;
  const ctx = await requireTeam(slug, "");
  const { team, member } = ctx;
  const scopes = readMovementScopes(ctx);
  const isUsual = (one: MovementsInput) => String(movementsQuery(one)) === String(movementsQuery(usual));
  const left = movementsInputSchema.safeParse(await leftFilters(ctx, "home", address)).data;
  if (left && !isUsual(left) && isOffered(left.scope, await scopes)) {
    redirect(`/t/${slug}?${movementsQuery(left)}`);
  }
  const moved = readMovements(ctx, input).catch(notFoundPage);
  const [t, key, recent, steps, summary, now, mark, offered, movements, watched, breaks, [stale, run]] =
    await Promise.all([
      getTranslations("home"),
      teamKey(ctx),
      readRecentAnswers(ctx, RECENT),
      readFirstSteps(ctx),
      teamSummary(ctx),
      pageNow(),
      dataMark(ctx),
      scopes,
      moved,
      moved.then(({ items }) => readWatched(ctx, items.slice(0, SHOWN))),
      readOpenBreaks(ctx),
      scopes.then((there) => readRenewal(ctx, renewalOf(input.scope, there))),
    ]);
  const isNew = recent.length === 0;
  const firstQuestion = questionSchema.parse(
    recent[0]?.query ?? { region: team.defaultRegion, window: team.defaultWindow },
  );
  return (
    <>
      <PageHeader title={t("title")} mark={mark}>
        {!isNew && <ReportLink of={`/t/${slug}?${movementsQuery(input)}`} />}
        {!isNew && (
          <Link href={`/t/${slug}/explore`} prefetch={false} className="btn max-md:hidden">
            {t("explore")}
          </Link>
        )}
      </PageHeader>
      {key.key?.rejectedAt && (
        <Notice tone="bad" className="mb-3">
          <p>
            {t("rejected")}{" "}
            <Link href={`/t/${slug}/settings/key`} prefetch={false} className="link">
              {t("rejectedAction")}
            </Link>
          </p>
        </Notice>
      )}
      {key.key?.outOfCreditsAt && !key.key.rejectedAt && (
        <Notice tone="warn" className="mb-3">
          <p>{t("outOfCredits")}</p>
        </Notice>
      )}
      <BreakNotice slug={slug} breaks={breaks} />
      <div className="grid gap-3.5">
        {!steps.hidden && !isThrough(steps) && (
          <FirstSteps
            team={team}
            role={member.role}
            steps={steps}
            sandboxPossible={key.sandboxPossible}
            question={firstQuestion}
          />
        )}
        {steps.hidden && isNew && <HiddenSteps slug={slug} />}
        {/* A wide window has the meter in its navigation. */}
        <div className="md:hidden">
          <CreditsMeter summary={summary} slug={slug} now={now} timeZone={team.timeZone} />
        </div>
        {!isNew && (
          <MovementsView
            slug={slug}
            input={input}
            reset={isUsual(input) ? null : `/t/${slug}?${movementsQuery(usual)}`}
            movements={movements}
            watched={watched}
            scopes={offered}
            now={now}
            timeZone={team.timeZone}
          >
            <RenewStale
              slug={slug}
              stale={stale}
              run={run}
              canStop={mayStop(ctx, run)}
              canSpend={allows(member.role, "insights:buy")}
              now={now}
              timeZone={team.timeZone}
            />
          </MovementsView>
        )}
        {!isNew && <RecentAnswers slug={slug} answers={recent} now={now} timeZone={team.timeZone} limit={RECENT} />}
      </div>
    </>
  );
}

/** A list that is gone, or is private again, is no page to come back to. */
const isOffered = (scope: string, { lists, searches }: MovementScopes) =>
  scope === "all" ||
  lists.some(({ id }) => scope === `list.${id}`) ||
  searches.some(({ id }) => scope === `search.${id}`);

/** What is looked at, as far as one plan renews it: the newest lists and searches. */
function renewalOf(scope: string, there: MovementScopes): RefreshTargetInput {
  const isMeant = (kind: string, id: string) => scope === "all" || scope === `${kind}.${id}`;
  const ids = (kind: string, of: { id: string }[]) => of.flatMap(({ id }) => (isMeant(kind, id) ? id : []));
  return {
    watchlists: ids("list", there.lists).slice(0, MOST_LISTS),
    searches: ids("search", there.searches).slice(0, MOST_SEARCHES),
  };
}

/** What renewing costs now, and the newest run that did: of one list alone it is that list's. */
function readRenewal(ctx: TeamContext, target: RefreshTargetInput) {
  const [list = null] = target.watchlists.length === 1 && target.searches.length === 0 ? target.watchlists : [];
  return Promise.all([readStale(ctx, target), readRefreshRun(ctx, list)]);
}

/** A list or search that this reader may not see, or that is gone. */
function notFoundPage(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "not_found") notFound();
  throw error;
}
