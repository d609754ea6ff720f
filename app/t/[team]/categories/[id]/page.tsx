import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { BreakNotice } from "@/app/_ui/break-notice";
import { categoryHref } from "@/app/_ui/category-href";
import { ChartFiles } from "@/app/_ui/charts/chart-files";
import { EmptyState } from "@/app/_ui/empty-state";
import { getLabels } from "@/app/_ui/labels";
import { Notice } from "@/app/_ui/notice";
import { Opened } from "@/app/_ui/opened";
import { PageHeader } from "@/app/_ui/page-header";
import { PageLegend } from "@/app/_ui/page-legend";
import { pageMissing } from "@/app/_ui/page-missing";
import { ReportLink } from "@/app/_ui/report/report-link";
import { SaveFoot, SaveTable } from "@/app/_ui/save-table";
import { SpendButton } from "@/app/_ui/spend-button";
import { Star } from "@/app/_ui/star";
import { TipLayer } from "@/app/_ui/tip-layer";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { tilesOf } from "@/lib/insights/category-tiles";
import { readOpenBreaks } from "@/lib/insights/read-breaks";
import { readCategory } from "@/lib/insights/read-category";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { readCategoryNow } from "@/lib/insights/read-category-now";
import { categoryIdSchema, PRICE_CREDITS, REGIONS } from "@/lib/insights/schemas";
import { closedMonths, day, isoDate } from "@/lib/platform/format/date";
import { ownLine } from "@/lib/tracking/own-points";
import { readImported } from "@/lib/tracking/read-imported";
import { readNotes } from "@/lib/tracking/read-notes";
import { readOwnNumbers } from "@/lib/tracking/read-own-numbers";
import { readWatched } from "@/lib/tracking/read-watched";
import {
  briefHref,
  categoryFileHref,
  categoryViewHref,
  historyFileHref,
  historyPictureHref,
  parseCategoryAddress,
  presentWindow,
} from "./address";
import { AnswersTable } from "./answers-table";
import { aroundCategory } from "./around-category";
import { BelowList } from "./below-list";
import { CategoryProvenance } from "./category-provenance";
import { HistoryChart } from "./history-chart";
import { ImportedTable } from "./imported-table";
import { MetricTiles } from "./metric-tiles";
import { Notes } from "./notes";
import { OwnNumbers } from "./own-numbers";
import { SeriesSwitch } from "./series-switch";
import { ShownTitle } from "./shown-title";
import { SiblingsTable } from "./siblings-table";
import { SpanForm } from "./span-form";

type Props = {
  params: Promise<{ team: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("category"))("title"),
});

export default async function CategoryPage({ params, searchParams }: Props) {
  const [{ team: slug, id }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, `/categories/${encodeURIComponent(id)}`);
  if (!categoryIdSchema.safeParse(id).success) notFound();
  const { team } = ctx;
  const at = await pageNow();
  const today = isoDate(at, team.timeZone);
  const { chosen, typed, mistakes } = parseCategoryAddress(given, team, today);
  const { region, window, from, to } = chosen;
  const locale = await getLocale();
  const readAround = async () => {
    const [facts, now] = await Promise.all([
      readCategory(ctx, id).catch(pageMissing),
      readCategoryNow(ctx, id, { region, window }),
    ]);
    const around = aroundCategory(facts, now, locale);
    const starred = [id, ...around.siblings.map((sibling) => sibling.id)];
    const watched = await readWatched(
      ctx,
      starred.map((categoryId) => ({ categoryId, region })),
    );
    return { facts, now, watched, ...around };
  };
  const [t, labels, around, history, notes, own, breaks, imported, mark] = await Promise.all([
    getTranslations("category"),
    getLabels(),
    readAround(),
    readCategoryHistory(ctx, id, { region, window, from, to }),
    readNotes(ctx, id),
    readOwnNumbers(ctx, id),
    readOpenBreaks(ctx),
    readImported(ctx, id, { region, window, from, to }),
    dataMark(ctx),
  ]);
  const { facts, now, watched, path, parent, siblings } = around;
  const between = around.above.map((place) => ({ href: categoryHref(slug, place.id), name: place.name }));
  const name = facts.name ?? t("unnamed", { id });
  const canWrite = allows(ctx.member.role, "tracking:write") && team.upstream !== null;
  const places = watched.items[`${id}/${region}`] ?? [];
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
        <BelowList slug={slug} level={facts.level} below={facts.below} />
      </>
    );
  }

  const [closedMonth = ""] = closedMonths(at, 1, team.timeZone);
  const looked = presentWindow(window, at, team.timeZone);
  const question = { region, window: looked, category: id, page: 1 };
  const buyWords = window === "month" ? "fetchMonth" : now.current ? "refresh" : "fetch";
  const spend = team.upstream && (
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
  );
  const stored = facts.series.find((one) => one.region === region && one.window === window);
  const { current } = now;
  const compare = new Intl.Collator(locale).compare;
  const regions = REGIONS.map((code) => ({ code, name: labels.region(code) })).sort((a, b) => compare(a.name, b.name));
  const repeats = history.points.at(-1);
  const fetched = now.peers.map(({ fetchedAt }) => fetchedAt).sort();
  const peerAges = { oldest: labels.age(fetched[0] ?? at, at), newest: labels.age(fetched.at(-1) ?? at, at) };
  const isOwnDrawn = window === "month" && ownLine(own.items, region, chosen.shown) !== null;

  return (
    <>
      <PageHeader
        above={{ slug, section: "explore", between }}
        title={name}
        subtitle={subtitle.join(" · ")}
        mark={mark}
      >
        <Link
          href={`/t/${slug}/compare?${new URLSearchParams({ categories: id, regions: region, window })}`}
          prefetch={false}
          className="btn btn-quiet self-center"
        >
          {t("compare")}
        </Link>
        <Link href={briefHref(slug, id, chosen)} prefetch={false} className="btn btn-quiet self-center">
          {t("brief")}
        </Link>
        <ReportLink of={categoryViewHref(slug, id, chosen)} />
        {canWrite && (
          <Star
            slug={slug}
            categoryId={id}
            region={region}
            name={`${name} · ${labels.region(region)}`}
            watched={places}
            lists={watched.lists}
          />
        )}
      </PageHeader>
      <BreakNotice
        slug={slug}
        breaks={breaks}
        place={{ regions: [region], ...(window === "month" ? {} : { window }) }}
      />
      <SeriesSwitch slug={slug} id={id} chosen={chosen} series={facts.series} />
      <CategoryProvenance
        slug={slug}
        current={current}
        places={places}
        notUpdated={current !== null && repeats?.fetchedAt === current.fetchedAt && repeats.notUpdated}
        freshnessMinutes={team.freshnessMinutes}
        now={at}
        timeZone={team.timeZone}
      >
        {current && spend}
      </CategoryProvenance>
      {Object.keys(mistakes).length > 0 && (
        <Notice tone="warn" className="mb-2.5" isAlert>
          {t("problem")}
        </Notice>
      )}
      <Opened slug={slug} receiptIds={[...(current ? [current] : []), ...history.points].map((one) => one.receiptId)} />
      {current ? (
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
      ) : (
        <div className="sheet">
          <EmptyState title={t("nothingTitle")} action={spend}>
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
      )}
      {current && (
        <div className="mt-2 flex flex-wrap items-start gap-x-3">
          {now.peers.length > 0 && (
            <p className="num min-w-0 flex-1 basis-80 text-pretty text-text-3">
              {t("peers", {
                count: now.peers.length,
                top: path[0] ?? t("noTop"),
                region: labels.region(region),
                window: labels.windowInText(current.window),
                ...peerAges,
                isOne: peerAges.oldest === peerAges.newest ? "yes" : "no",
              })}
            </p>
          )}
          <span className="ml-auto flex flex-wrap">
            <SaveTable href={categoryFileHref(slug, id, "figures", chosen)} name={t("figures")} />
          </span>
        </div>
      )}
      <section className="sheet mt-3 p-3.5" aria-label={t("course")}>
        <div className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <ShownTitle shown={chosen.shown} />
          <span className="grow" />
          {stored && (
            <span className="num text-text-3">
              {window === "month"
                ? t("sinceMonth", { month: labels.window(stored.first), count: stored.answers })
                : t("since", { day: day(stored.since, at, locale, team.timeZone), count: stored.answers })}
            </span>
          )}
          {(history.points.length > 0 || isOwnDrawn || imported.length > 0) && (
            <ChartFiles
              href={historyPictureHref(slug, id, chosen)}
              name={t("course")}
              fileName={["nichebook", id, region, window, chosen.shown].join("-")}
            />
          )}
        </div>
        <SpanForm slug={slug} id={id} chosen={chosen} typed={typed} mistakes={mistakes} regions={regions} />
        {history.points.length === 0 && !isOwnDrawn && imported.length === 0 ? (
          <p className="px-1 py-6 text-center text-text-2">{t(stored ? "noneInSpan" : "noneStored")}</p>
        ) : (
          <HistoryChart
            chosen={chosen}
            history={history}
            numbers={own.items}
            imported={imported}
            name={name}
            now={at}
            timeZone={team.timeZone}
          />
        )}
      </section>
      {history.points.length > 0 && (
        <details className="sheet mt-3" open={chosen.allAnswers}>
          <summary className="px-3.5 py-2.5 font-semibold">
            {t("answersTitle", { count: history.points.length })}
          </summary>
          <AnswersTable
            slug={slug}
            id={id}
            chosen={chosen}
            points={history.points}
            name={name}
            now={at}
            timeZone={team.timeZone}
          />
          <SaveFoot href={historyFileHref(slug, id, chosen)} name={t("answers")} />
        </details>
      )}
      {imported.length > 0 && (
        <ImportedTable slug={slug} points={imported} fileHref={categoryFileHref(slug, id, "imported", chosen)} />
      )}
      <OwnNumbers
        slug={slug}
        id={id}
        chosen={chosen}
        numbers={own.items}
        regions={regions}
        month={closedMonth}
        canWrite={canWrite}
      />
      <Notes
        slug={slug}
        categoryId={id}
        notes={notes.items}
        place={{ region, window }}
        today={today}
        timeZone={team.timeZone}
        canWrite={canWrite}
        mayChange={({ maker }) => canWrite && (maker?.id === ctx.member.id || allows(ctx.member.role, "team:write"))}
      />
      {siblings.length > 0 && (
        <section className="sheet mt-3" aria-label={t("siblings")}>
          <div className="flex flex-wrap items-baseline gap-x-3 px-3.5 py-2.5">
            <h2>{t("siblings")}</h2>
            <span className="text-text-3">
              {[parent?.name, labels.region(region), labels.windowInText(current?.window ?? looked)]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </div>
          <SiblingsTable
            slug={slug}
            chosen={chosen}
            rows={current ? [...siblings, { ...current, id, name }] : siblings}
            id={id}
            now={at}
            watched={watched}
          />
        </section>
      )}
      <PageLegend text={t("legend")} help={t("help")} />
      <TipLayer />
    </>
  );
}
