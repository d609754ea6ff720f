import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { BreakNotice } from "@/app/_ui/break-notice";
import { categoryHref } from "@/app/_ui/category-href";
import { EmptyState } from "@/app/_ui/empty-state";
import { getLabels } from "@/app/_ui/labels";
import { Later } from "@/app/_ui/later";
import { Notice } from "@/app/_ui/notice";
import { Opened } from "@/app/_ui/opened";
import type { Option } from "@/app/_ui/options";
import { PageHeader } from "@/app/_ui/page-header";
import { PageLegend } from "@/app/_ui/page-legend";
import { pageMissing } from "@/app/_ui/page-missing";
import { ReportLink } from "@/app/_ui/report/report-link";
import { SaveTable } from "@/app/_ui/save-table";
import { SoftLink } from "@/app/_ui/soft-link";
import { SpendButton } from "@/app/_ui/spend-button";
import { Star } from "@/app/_ui/star";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { TipLayer } from "@/app/_ui/tip-layer";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { tilesOf } from "@/lib/insights/category-tiles";
import type { HistoryPoint } from "@/lib/insights/history-schemas";
import { readOpenBreaks } from "@/lib/insights/read-breaks";
import { readCategory } from "@/lib/insights/read-category";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { type CategoryNow, type Peer, readCategoryNow } from "@/lib/insights/read-category-now";
import { categoryIdSchema, MOST_OPENED, PRICE_CREDITS, REGIONS } from "@/lib/insights/schemas";
import { closedMonths, isoDate } from "@/lib/platform/format/date";
import { tablePageOf } from "@/lib/platform/format/table-page";
import { readImported } from "@/lib/tracking/read-imported";
import { readNotesPage } from "@/lib/tracking/read-notes-page";
import { readOwnNumbersPage } from "@/lib/tracking/read-own-numbers-page";
import { readWatched } from "@/lib/tracking/read-watched";
import type { Watched } from "@/lib/tracking/watch-view";
import {
  briefHref,
  CATEGORY_ROWS,
  categoryFileHref,
  categoryTables,
  categoryViewHref,
  parseCategoryAddress,
  presentWindow,
} from "./address";
import { aroundCategory, siblingsOf } from "./around-category";
import { BelowList } from "./below-list";
import { CategoryProvenance } from "./category-provenance";
import { Course } from "./course";
import { ImportedTable } from "./imported-table";
import { MetricTiles } from "./metric-tiles";
import { Notes } from "./notes";
import { OwnNumbers } from "./own-numbers";
import { SeriesSwitch } from "./series-switch";
import { SiblingsTable } from "./siblings-table";

type Props = {
  params: Promise<{ team: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("category"))("title"),
});

export default async function CategoryPage({ params, searchParams }: Props) {
  const [{ team: slug, id }, given] = await Promise.all([params, searchParams]);
  // Asked while who looks is asked for; the shell waits for it too.
  const clock = pageNow();
  const ctx = await requireTeam(slug, `/categories/${encodeURIComponent(id)}`);
  if (!categoryIdSchema.safeParse(id).success) notFound();
  const { team } = ctx;
  const at = await clock;
  const today = isoDate(at, team.timeZone);
  const { chosen, typed, mistakes } = parseCategoryAddress(given, team, today);
  const { region, window, from, to } = chosen;
  const locale = await getLocale();
  const place = { region, window };
  const tables = categoryTables(slug, id, given);
  const { q } = tables.own.look;
  const named = q ? regionsNamed(await getLabels(), q) : [];
  // In the order in which they are waited for longest: what is there first is drawn while the rest is read.
  const factsLater = readCategory(ctx, id).catch(pageMissing);
  const nowLater = readCategoryNow(ctx, id, place);
  const courseLater = Promise.all([
    readCategoryHistory(ctx, id, { ...place, from, to }),
    readOwnNumbersPage(ctx, id, {
      look: tables.own.look,
      regionsNamed: named,
      // Only beside calendar months its own line is drawn.
      region: window === "month" ? region : null,
      rows: CATEGORY_ROWS.own,
    }),
    readImported(ctx, id, { ...place, from, to }),
  ]);
  const notesLater = readNotesPage(ctx, id, { look: tables.notes.look, rows: CATEGORY_ROWS.notes });
  const breaksLater = readOpenBreaks(ctx);
  const siblingsLater = Promise.all([factsLater, nowLater]).then(([facts, now]) =>
    tablePageOf(
      siblingsOf(facts, now),
      tables.siblings.look,
      (sibling) => [sibling.name, sibling.id],
      CATEGORY_ROWS.siblings,
    ),
  );
  const watchedLater = siblingsLater.then(({ items }) =>
    readWatched(
      ctx,
      [id, ...items.map((sibling) => sibling.id)].map((categoryId) => ({ categoryId, region })),
    ),
  );
  // Where the page ends before, as for a category that nobody knows, nobody waits for these any more.
  void Promise.allSettled([nowLater, courseLater, notesLater, breaksLater, watchedLater]);
  const [t, labels, facts, mark] = await Promise.all([
    getTranslations("category"),
    getLabels(),
    factsLater,
    dataMark(ctx),
  ]);
  const { above, path, parent } = aroundCategory(facts, locale);
  const between = above.map((place) => ({ href: categoryHref(slug, place.id), name: place.name }));
  const name = facts.name ?? t("unnamed", { id });
  const canWrite = allows(ctx.member.role, "tracking:write") && team.upstream !== null;
  const subtitle = [facts.providerName, t("levelId", { level: t(`levels.${facts.level}`), id })].filter(Boolean);

  if (facts.level !== 3) {
    return (
      <>
        <PageHeader
          above={{ slug, section: "explore", between }}
          title={name}
          subtitle={subtitle.join(" · ")}
          mark={mark}
        />
        <BelowList slug={slug} level={facts.level} below={facts.below} table={tables.below} />
      </>
    );
  }

  const [closedMonth = ""] = closedMonths(at, 1, team.timeZone);
  const looked = presentWindow(window, at, team.timeZone);
  const question = { region, window: looked, category: id, page: 1 };
  const spendOn = (current: CategoryNow["current"]) => {
    const buyWords = window === "month" ? "fetchMonth" : current ? "refresh" : "fetch";
    return (
      team.upstream && (
        <SpendButton
          slug={slug}
          label={t(buyWords, { price: labels.credits(PRICE_CREDITS), month: labels.window(closedMonth) })}
          priceCredits={PRICE_CREDITS}
          question={question}
          {...(buyWords === "refresh" ? { maxAgeMinutes: 0 as const } : {})}
          canSpend={allows(ctx.member.role, "insights:buy")}
          timeZone={team.timeZone}
          className="max-sm:w-full"
        />
      )
    );
  };
  const stored = facts.series.find((one) => one.region === region && one.window === window);
  const compare = new Intl.Collator(locale).compare;
  const regionsJson = JSON.stringify(
    REGIONS.map((code): Option => ({ code, name: labels.region(code) })).sort((a, b) => compare(a.name, b.name)),
  );
  const agesOf = (peers: Peer[]) => {
    const fetched = peers.map(({ fetchedAt }) => fetchedAt).sort();
    const [oldest, newest] = [labels.age(fetched[0] ?? at, at), labels.age(fetched.at(-1) ?? at, at)];
    return { oldest, newest, isOne: oldest === newest ? "yes" : "no" };
  };
  const placesOf = ({ items }: Watched) => items[`${id}/${region}`] ?? [];

  return (
    <>
      <PageHeader
        above={{ slug, section: "explore", between }}
        title={name}
        subtitle={subtitle.join(" · ")}
        mark={mark}
      >
        <SoftLink
          href={`/t/${slug}/compare?${new URLSearchParams({ categories: id, regions: region, window })}`}
          className="btn btn-quiet self-center"
        >
          {t("compare")}
        </SoftLink>
        <SoftLink href={briefHref(slug, id, chosen)} className="btn btn-quiet self-center">
          {t("brief")}
        </SoftLink>
        <ReportLink of={categoryViewHref(slug, id, chosen)} />
        {canWrite && (
          <Later of={watchedLater}>
            {(watched) => (
              <Star
                slug={slug}
                categoryId={id}
                region={region}
                name={`${name} · ${labels.region(region)}`}
                watched={placesOf(watched)}
                lists={watched.lists}
              />
            )}
          </Later>
        )}
      </PageHeader>
      <Later of={breaksLater}>
        {(breaks) => (
          <BreakNotice
            slug={slug}
            breaks={breaks}
            place={{ regions: [region], ...(window === "month" ? {} : { window }) }}
          />
        )}
      </Later>
      <SeriesSwitch slug={slug} id={id} chosen={chosen} series={facts.series} />
      <Later of={Promise.all([nowLater, courseLater, watchedLater])}>
        {([{ current }, [{ points }], watched]) => (
          <CategoryProvenance
            slug={slug}
            current={current}
            places={placesOf(watched)}
            notUpdated={isRepeat(current, points.at(-1))}
            freshnessMinutes={team.freshnessMinutes}
            now={at}
            timeZone={team.timeZone}
          >
            {current && spendOn(current)}
          </CategoryProvenance>
        )}
      </Later>
      {Object.keys(mistakes).length > 0 && (
        <Notice tone="warn" className="mb-2.5" isAlert>
          {t("problem")}
        </Notice>
      )}
      <Later of={Promise.all([nowLater, courseLater])}>
        {([{ current }, [{ points }]]) => (
          <Opened
            slug={slug}
            receiptIds={[...(current ? [current] : []), ...points.slice(-MOST_OPENED)].map((one) => one.receiptId)}
          />
        )}
      </Later>
      <Later of={nowLater}>
        {(now) =>
          now.current ? (
            <>
              <MetricTiles
                slug={slug}
                id={id}
                chosen={chosen}
                tiles={tilesOf(now)}
                now={now}
                topName={path[0] ?? null}
                at={at}
                timeZone={team.timeZone}
              />
              <div className="mt-2 flex flex-wrap items-start gap-x-3">
                {now.peers.length > 0 && (
                  <p className="num min-w-0 flex-1 basis-80 text-pretty text-text-3">
                    {t("peers", {
                      count: now.peers.length,
                      top: path[0] ?? t("noTop"),
                      region: labels.region(region),
                      window: labels.windowInText(now.current.window),
                      ...agesOf(now.peers),
                    })}
                  </p>
                )}
                <span className="ml-auto flex flex-wrap">
                  <SaveTable href={categoryFileHref(slug, id, "figures", chosen)} name={t("figures")} />
                </span>
              </div>
            </>
          ) : (
            <div className="sheet">
              <EmptyState title={t("nothingTitle")} action={spendOn(null)}>
                <p>
                  {t("nothingText", {
                    name,
                    region: labels.region(region),
                    window: window === "month" ? t("anyMonth") : labels.windowInText(window),
                  })}
                </p>
                <p>{t(facts.series.length > 0 ? "nothingElsewhere" : "nothingAnywhere")}</p>
              </EmptyState>
            </div>
          )
        }
      </Later>
      <Later of={courseLater}>
        {([history, own, imported]) => (
          <>
            <Course
              slug={slug}
              id={id}
              name={name}
              chosen={chosen}
              typed={typed}
              mistakes={mistakes}
              regionsJson={regionsJson}
              stored={stored}
              history={history}
              answers={tables.answers}
              numbers={own.ofRegion}
              imported={imported}
              now={at}
              timeZone={team.timeZone}
            />
            {imported.length > 0 && (
              <ImportedTable
                slug={slug}
                points={imported}
                table={tables.imported}
                fileHref={categoryFileHref(slug, id, "imported", chosen)}
              />
            )}
            <OwnNumbers
              slug={slug}
              id={id}
              chosen={chosen}
              shown={own}
              table={tables.own}
              regionsJson={regionsJson}
              month={closedMonth}
              canWrite={canWrite}
            />
          </>
        )}
      </Later>
      <Later of={notesLater}>
        {(notes) => (
          <Notes
            slug={slug}
            categoryId={id}
            shown={notes}
            table={tables.notes}
            place={place}
            today={today}
            timeZone={team.timeZone}
            canWrite={canWrite}
            mayChange={({ maker }) =>
              canWrite && (maker?.id === ctx.member.id || allows(ctx.member.role, "team:write"))
            }
          />
        )}
      </Later>
      <Later of={Promise.all([nowLater, siblingsLater, watchedLater])}>
        {([{ current }, siblings, watched]) =>
          siblings.total + tables.siblings.look.q.length > 0 && (
            <section id="siblings" className="sheet mt-3" aria-label={t("siblings")}>
              <div className="flex flex-wrap items-baseline gap-x-3 px-3.5 py-2.5">
                <h2>{t("siblings")}</h2>
                <span className="text-text-3">
                  {[parent?.name, labels.region(region), labels.windowInText(current?.window ?? looked)]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </div>
              <TableFind address={tables.siblings} shown={siblings} table={t("siblings")} />
              {siblings.total === 0 ? (
                <NothingFound address={tables.siblings} table={t("siblings")} />
              ) : (
                <SiblingsTable
                  slug={slug}
                  chosen={chosen}
                  rows={siblings.items}
                  id={id}
                  now={at}
                  watched={watched}
                  pages={
                    <TablePages
                      address={tables.siblings}
                      shown={siblings}
                      table={t("siblings")}
                      rows={CATEGORY_ROWS.siblings}
                    />
                  }
                />
              )}
            </section>
          )
        }
      </Later>
      <PageLegend text={t("legend")} help={t("help")} />
      <TipLayer />
    </>
  );
}

/** The regions whose name in the reader's language holds a text. */
const regionsNamed = (labels: Awaited<ReturnType<typeof getLabels>>, q: string) =>
  REGIONS.filter((code) => labels.region(code).toLowerCase().includes(q.toLowerCase()));

/** Whether the newest answer brought the same figures as the one before. */
const isRepeat = (current: CategoryNow["current"], newest: HistoryPoint | undefined) =>
  current !== null && newest?.fetchedAt === current.fetchedAt && newest.notUpdated;
