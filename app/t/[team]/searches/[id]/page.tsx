import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { BreakNotice } from "@/app/_ui/break-notice";
import { CategoryStar } from "@/app/_ui/category-star";
import { EmptyState } from "@/app/_ui/empty-state";
import { getLabels } from "@/app/_ui/labels";
import { Opened } from "@/app/_ui/opened";
import { PageHeader } from "@/app/_ui/page-header";
import { pageMissing } from "@/app/_ui/page-missing";
import { ReportLink } from "@/app/_ui/report/report-link";
import { RunButton } from "@/app/_ui/run-button";
import { RunProgress } from "@/app/_ui/run-progress";
import { SaveTable } from "@/app/_ui/save-table";
import { TabLink } from "@/app/_ui/tab-link";
import { tableAddress } from "@/app/_ui/table-address";
import { TipLayer } from "@/app/_ui/tip-layer";
import { mayStop } from "@/app/t/[team]/_shell/may-stop";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { ScheduleLink } from "@/app/t/[team]/_shell/schedule-link";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { exploreHref } from "@/app/t/[team]/explore/address";
import { currentAccount } from "@/lib/auth/current-account";
import { allows } from "@/lib/auth/permissions";
import { categoryName } from "@/lib/insights/category-names";
import { readOpenBreaks } from "@/lib/insights/read-breaks";
import { readCategoryNames } from "@/lib/insights/read-category-names";
import { readRanking } from "@/lib/insights/read-ranking";
import { PRICE_CREDITS, questionSchema } from "@/lib/insights/schemas";
import { parseView } from "@/lib/insights/sort-rows";
import { readChanges } from "@/lib/tracking/read-changes";
import { readRuns } from "@/lib/tracking/read-runs";
import { readSearchMonths } from "@/lib/tracking/read-search-months";
import { readSearch } from "@/lib/tracking/read-searches";
import { readWatched } from "@/lib/tracking/read-watched";
import { changesInputSchema } from "@/lib/tracking/schemas";
import { questionsOf } from "@/lib/tracking/search-rows";
import { ChangesView } from "./changes-view";
import { DeleteSearch } from "./delete-search";
import { EditSearch } from "./edit-search";
import { MonthsView } from "./months-view";
import { PastRuns } from "./past-runs";
import { RankingNotes } from "./ranking-notes";
import { SearchRanking } from "./search-ranking";
import { changesPage, KINDS, rankingPage, receiptsOf, receiptsOfChanges } from "./shown-rows";

type Props = {
  params: Promise<{ team: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const RUNS_SHOWN = 30;
const BY_POSITION = parseView({});

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("searches"))("title"),
});

export default async function SearchPage({ params, searchParams }: Props) {
  const [{ team: slug, id: given }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, `/searches/${given}`);
  const id = z.uuid().safeParse(given);
  const search = id.success ? await readSearch(ctx, id.data).catch(pageMissing) : notFound();
  const asked = changesInputSchema.safeParse({ compare: address.compare || undefined, run: address.run || undefined });
  const wanted = asked.success ? asked.data : changesInputSchema.parse({});
  const shows = address.view === "months" ? "months" : address.compare === undefined ? "ranking" : "changes";
  const [t, locale, labels, ranking, changes, past, names, runs, breaks, now, mark, account] = await Promise.all([
    getTranslations("searches"),
    getLocale(),
    getLabels(),
    readRanking(ctx, questionsOf(search)),
    shows === "changes" ? readChanges(ctx, search.id, wanted) : null,
    shows === "months" ? readSearchMonths(ctx, search) : null,
    readCategoryNames(ctx),
    readRuns(ctx, search.id, RUNS_SHOWN),
    readOpenBreaks(ctx),
    pageNow(),
    dataMark(ctx),
    currentAccount(),
  ]);
  const { timeZone } = ctx.team;
  const { lastRun, runCredits } = search;
  const canSpend = allows(ctx.member.role, "insights:buy");
  const canWrite = allows(ctx.member.role, "tracking:write");
  const ownNames = new Map(names.items.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
  const here = `/t/${slug}/searches/${search.id}`;
  const table = tableAddress(here, address);
  const of = { look: table.look, ownNames, locale };
  const view = parseView(address as Record<string, string>);
  const kind = KINDS.find((one) => one === address.show) ?? "all";
  const months = past && "ranking" in past ? rankingPage(past.ranking.rows, BY_POSITION, of) : null;
  const changed = changes && changesPage(changes.comparison?.changes ?? [], kind, of);
  const ranked = rankingPage(ranking.rows, view, of);
  const rows = past ? (months?.items ?? []) : (changed ?? ranked).items;
  const watched = rows.length > 0 ? await readWatched(ctx, rows.flatMap(watchableIn(search.region))) : null;
  const underWay = lastRun !== null && lastRun.finishedAt === null;
  const isShort = lastRun?.state === "failed" || lastRun?.state === "stopped";
  const anewCredits = search.askedPages * PRICE_CREDITS;
  const chosen = new URLSearchParams({
    team: slug,
    compare: wanted.compare,
    ...(wanted.run ? { run: wanted.run } : {}),
  });
  const csvHref = `/api/v1/searches/${search.id}/${shows === "changes" ? `changes.csv?${chosen}` : `${shows}.csv?team=${slug}`}`;
  const question = questionSchema.parse({ ...search, page: 1 });
  const words = labels.question(search, {
    categoryName:
      ownNames.get(search.category ?? "") ?? search.categoryName ?? categoryName(search.category, [], locale),
  });

  const starOf = (categoryId: string | null, name: string) => (
    <CategoryStar slug={slug} categoryId={categoryId} region={search.region} name={name} watched={watched} />
  );
  const run = (label: "run" | "goOn" | "runAnew") => {
    const priceCredits = label === "runAnew" ? anewCredits : runCredits;
    return (
      <RunButton
        slug={slug}
        path={`/searches/${search.id}/run`}
        label={t(label, { price: labels.credits(priceCredits) })}
        priceCredits={priceCredits}
        {...(label === "runAnew" ? { maxAgeMinutes: 0 as const } : {})}
        canSpend={canSpend}
        timeZone={timeZone}
        className="max-sm:w-full"
      />
    );
  };

  return (
    <>
      <PageHeader
        above={{ slug, section: "searches" }}
        title={search.name}
        subtitle={`${words} · ${t("depth", { count: search.pages })}`}
        mark={mark}
      >
        <ScheduleLink slug={slug} thing={{ searchId: search.id }} ctx={ctx} scheduled={search.scheduled} />
        <Link href={exploreHref(slug, { question })} prefetch={false} className="btn btn-quiet self-center">
          {t("open")}
        </Link>
      </PageHeader>
      <div className="num mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-text-3">
        <span>{search.maker?.name ?? t("ofTeam")}</span>
        <span className="tag">{search.shared ? t("visibleTeam") : t("private")}</span>
        {search.tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </div>
      {search.notes && <p className="mb-2 max-w-[46rem] whitespace-pre-wrap text-text-2">{search.notes}</p>}
      {lastRun && (
        <RunProgress slug={slug} run={lastRun} canStop={mayStop(ctx, lastRun)}>
          {isShort && runCredits > 0 && run("goOn")}
        </RunProgress>
      )}
      <div className="num flex flex-wrap items-center gap-x-4 gap-y-2 px-0.5 py-2.5 text-text-2">
        {search.newestFetchedAt && search.oldestFetchedAt && (
          <span>{fetchedText(search.newestFetchedAt, search.oldestFetchedAt)}</span>
        )}
        <span className="grow" />
        {search.storedPages > 0 && (
          <span>
            {t.rich("storedView", {
              free: labels.credits(0),
              b: (chunks) => <strong className="font-semibold text-text">{chunks}</strong>,
            })}
          </span>
        )}
        {!underWay && search.storedPages > 0 && (runCredits > 0 ? !isShort && run("run") : run("runAnew"))}
      </div>
      <BreakNotice slug={slug} breaks={breaks} place={{ regions: [search.region], window: search.window }} />
      <nav aria-label={t("changes.tabs")} className="mb-2 flex flex-wrap gap-0.5">
        {(
          [
            ["ranking", here, t("changes.tabRanking")],
            ["changes", `${here}?compare=window`, t("changes.title")],
            ["months", `${here}?view=months`, t("tabMonths")],
          ] as const
        ).map(([view, href, text]) => (
          <TabLink key={view} href={href} isOn={shows === view} scroll>
            {text}
          </TabLink>
        ))}
        <span className="grow" />
        {changes && (
          <ReportLink
            of={`${here}?${new URLSearchParams({ compare: wanted.compare, run: wanted.run ?? "", show: kind })}`}
          />
        )}
        {past?.months.length !== 0 && <SaveTable href={csvHref} label={t("csv")} />}
      </nav>
      {!past && (
        <Opened
          slug={slug}
          receiptIds={
            changes && changed ? receiptsOfChanges(changes, changed.items) : receiptsOf(ranking.pages, ranked.items)
          }
        />
      )}
      {past ? (
        <MonthsView
          slug={slug}
          searchId={search.id}
          past={past}
          table={table}
          rows={months}
          name={words}
          ownNames={ownNames}
          starOf={starOf}
          canSpend={canSpend}
          canStop={past.backfill.lastRun !== null && mayStop(ctx, past.backfill.lastRun)}
          timeZone={timeZone}
        />
      ) : changes && changed ? (
        <ChangesView
          slug={slug}
          place={search}
          searchId={search.id}
          changes={changes}
          asked={{ compare: wanted.compare, run: wanted.run ?? "" }}
          table={table}
          rows={changed}
          kind={kind}
          ownNames={ownNames}
          starOf={starOf}
          now={now}
          timeZone={timeZone}
        />
      ) : (
        <>
          <RankingNotes ranking={ranking} />
          <div className="sheet @container/sheet">
            {search.storedPages === 0 ? (
              <EmptyState title={t("notStoredTitle")} action={!underWay && !isShort && run("run")}>
                <p>{t("notStoredText", { count: search.askedPages, price: labels.credits(runCredits) })}</p>
              </EmptyState>
            ) : ranking.rows.length === 0 ? (
              <EmptyState title={t("noRowsTitle")}>
                <p>{t("noRowsText")}</p>
              </EmptyState>
            ) : (
              <SearchRanking
                columns={account?.rankingColumns ?? null}
                slug={slug}
                place={search}
                ranking={ranking}
                table={table}
                shown={ranked}
                ownNames={ownNames}
                watched={watched}
                view={view}
              />
            )}
          </div>
        </>
      )}
      <div className="mt-5 grid items-start gap-3.5 lg:grid-cols-2">
        <section className="sheet min-w-0">
          <h2 className="px-3.5 pt-3 pb-1">{t("pastRuns")}</h2>
          {runs.length > 0 ? (
            <PastRuns runs={runs} now={now} timeZone={timeZone} />
          ) : (
            <p className="px-3.5 pb-3 text-text-3">{t("noRuns")}</p>
          )}
        </section>
        {canWrite && (
          <section className="sheet grid min-w-0 gap-4 p-4">
            <h2>{t("edit")}</h2>
            <EditSearch slug={slug} search={search} isMine={search.maker?.id === ctx.member.id} />
            <DeleteSearch slug={slug} id={search.id} name={search.name} />
          </section>
        )}
      </div>
      <TipLayer />
    </>
  );

  function fetchedText(newest: string, oldest: string): string {
    const [young, old] = [labels.age(newest, now), labels.age(oldest, now)];
    return young === old ? t("fetched", { age: young }) : t("fetchedBetween", { newest: young, oldest: old });
  }
}

const watchableIn =
  (region: string) =>
  ({ categoryId }: { categoryId: string | null }) =>
    categoryId === null ? [] : [{ categoryId, region }];
