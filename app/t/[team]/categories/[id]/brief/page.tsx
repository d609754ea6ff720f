import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ChartFiles } from "@/app/_ui/charts/chart-files";
import { getLabels } from "@/app/_ui/labels";
import { MonthTable } from "@/app/_ui/month-table";
import { pageMissing } from "@/app/_ui/page-missing";
import { MOST_ON_PAPER, OnPaper } from "@/app/_ui/report/on-paper";
import { Report, ReportPart } from "@/app/_ui/report/report";
import { RunButton } from "@/app/_ui/run-button";
import { RunProgress } from "@/app/_ui/run-progress";
import { SaveTable } from "@/app/_ui/save-table";
import { mayStop } from "@/app/t/[team]/_shell/may-stop";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import {
  categoryFileHref,
  categoryViewHref,
  historyFileHref,
  historyPictureHref,
  monthsFileHref,
  parseCategoryAddress,
  presentWindow,
} from "@/app/t/[team]/categories/[id]/address";
import { AnswersTable } from "@/app/t/[team]/categories/[id]/answers-table";
import { aroundCategory, siblingsOf } from "@/app/t/[team]/categories/[id]/around-category";
import { FiguresTable } from "@/app/t/[team]/categories/[id]/figures-table";
import { HistoryChart } from "@/app/t/[team]/categories/[id]/history-chart";
import { ImportedTable } from "@/app/t/[team]/categories/[id]/imported-table";
import { isDrawn } from "@/app/t/[team]/categories/[id]/is-drawn";
import { Notes } from "@/app/t/[team]/categories/[id]/notes";
import { OwnNumbers } from "@/app/t/[team]/categories/[id]/own-numbers";
import { ShownTitle } from "@/app/t/[team]/categories/[id]/shown-title";
import { SiblingsTable } from "@/app/t/[team]/categories/[id]/siblings-table";
import { whereFileHref } from "@/app/t/[team]/compare/address";
import { WhereTable } from "@/app/t/[team]/compare/where-table";
import { allows } from "@/lib/auth/permissions";
import { tilesOf } from "@/lib/insights/category-tiles";
import { readCategory } from "@/lib/insights/read-category";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { readCategoryNow } from "@/lib/insights/read-category-now";
import { readRegions } from "@/lib/insights/read-regions";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { isoDate } from "@/lib/platform/format/date";
import { readBriefNeeds } from "@/lib/tracking/read-brief-needs";
import { readImported } from "@/lib/tracking/read-imported";
import { readNotesPage } from "@/lib/tracking/read-notes-page";
import { readOwnNumbersPage } from "@/lib/tracking/read-own-numbers-page";

type Props = {
  params: Promise<{ team: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** A year of months on one page. */
const MONTHS_SHOWN = 12;
const NEWEST_SOURCES = 12;

const PAPER = { look: { q: "", page: 1 }, rows: MOST_ON_PAPER };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("category"))("brief"),
});

export default async function BriefPage({ params, searchParams }: Props) {
  const [{ team: slug, id }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, `/categories/${encodeURIComponent(id)}/brief`);
  if (!categoryIdSchema.safeParse(id).success) notFound();
  const { team, member } = ctx;
  const { timeZone } = team;
  const at = await pageNow();
  const today = isoDate(at, timeZone);
  const { chosen } = parseCategoryAddress(given, team, today);
  const { region, window, from, to, shown } = chosen;
  const looked = presentWindow(window, at, timeZone);
  const [t, category, report, locale, labels, facts, now, history, months, regions, notes, own, imported, needs, mark] =
    await Promise.all([
      getTranslations("brief"),
      getTranslations("category"),
      getTranslations("report"),
      getLocale(),
      getLabels(),
      readCategory(ctx, id).catch(pageMissing),
      readCategoryNow(ctx, id, { region, window }),
      readCategoryHistory(ctx, id, { region, window, from, to }),
      readCategoryHistory(ctx, id, { region, window: "month" }),
      readRegions(ctx, id, { metric: shown, window: looked }),
      readNotesPage(ctx, id, PAPER),
      readOwnNumbersPage(ctx, id, { ...PAPER, regionsNamed: [], region }),
      readImported(ctx, id, { region, window, from, to }),
      readBriefNeeds(ctx, id, { region, window }).catch(pageMissing),
      dataMark(ctx),
    ]);
  // Only the third level has figures to decide on.
  if (facts.level !== 3) notFound();
  const name = facts.name ?? category("unnamed", { id });
  const { path, parent } = aroundCategory(facts, locale);
  const siblings = siblingsOf(facts, now);
  const { current } = now;
  const { lastRun } = needs;
  const price = labels.credits(needs.credits);
  const isUnderWay = lastRun !== null && lastRun.finishedAt === null;
  const monthPoints = months.points.slice(-MONTHS_SHOWN);
  return (
    <Report
      title={t("title", { name })}
      facts={[
        [report("categories"), [...path, name].join(" › ")],
        [report("regions"), labels.region(region)],
        [report("window"), window === "month" ? report("months") : labels.window(window)],
      ]}
      sources={[...(current ? [current] : []), ...history.points, ...monthPoints, ...regions.items]}
      mostSources={NEWEST_SOURCES}
      backHref={categoryViewHref(slug, id, chosen)}
      team={team}
      mark={mark}
      now={at}
    >
      <ReportPart title={t("missing")}>
        {lastRun && (
          <div className="print:hidden">
            <RunProgress slug={slug} run={lastRun} canStop={mayStop(ctx, lastRun)} />
          </div>
        )}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="num min-w-0 basis-80 grow text-pretty">
            {needs.credits === 0
              ? t("complete", { total: needs.total })
              : t("lacks", { missing: needs.requests.length, total: needs.total, price })}
          </p>
          {needs.credits > 0 && !isUnderWay && (
            <span className="flex flex-wrap gap-2 print:hidden">
              <RunButton
                slug={slug}
                path={`/categories/${id}/brief`}
                body={{ region, window }}
                label={t("fill", { price })}
                priceCredits={needs.credits}
                canSpend={allows(member.role, "insights:buy") && team.upstream !== null}
                timeZone={timeZone}
              />
            </span>
          )}
        </div>
      </ReportPart>
      <ReportPart title={category("figures")}>
        {current ? (
          <FiguresTable
            tiles={tilesOf(now)}
            now={now}
            topName={path[0] ?? null}
            at={at}
            timeZone={timeZone}
            fileHref={categoryFileHref(slug, id, "figures", chosen)}
          />
        ) : (
          <p className="text-text-2">
            {t("noFigures", {
              region: labels.region(region),
              window: window === "month" ? report("months") : labels.windowInText(window),
            })}
          </p>
        )}
      </ReportPart>
      <ReportPart title={category("course")} hint={<ShownTitle shown={shown} />}>
        {isDrawn(chosen, { history, numbers: own.ofRegion, imported }) && (
          <div className="flex flex-wrap justify-end print:hidden">
            <ChartFiles
              href={historyPictureHref(slug, id, chosen)}
              name={category("course")}
              fileName={["nichebook", id, region, window, shown].join("-")}
            />
          </div>
        )}
        <HistoryChart
          chosen={chosen}
          history={history}
          numbers={own.ofRegion}
          imported={imported}
          isStored={facts.series.some((one) => one.region === region && one.window === window)}
          name={name}
          now={at}
          timeZone={timeZone}
        />
        {history.points.length > 0 && (
          <details className="mt-2 print:hidden">
            <summary className="w-fit text-text-3 text-xs hover:text-text">
              <span className="dotted">{category("answersTitle", { count: history.points.length })}</span>
            </summary>
            <AnswersTable
              slug={slug}
              id={id}
              chosen={chosen}
              points={history.points}
              table={null}
              name={name}
              now={at}
              timeZone={timeZone}
            />
            <p className="flex flex-wrap justify-end">
              <SaveTable href={historyFileHref(slug, id, chosen)} name={category("answers")} />
            </p>
          </details>
        )}
      </ReportPart>
      <ReportPart title={t("months")} hint={labels.region(region)}>
        {monthPoints.length > 0 ? (
          <>
            <MonthTable slug={slug} name={name} points={monthPoints} />
            <p className="flex flex-wrap justify-end print:hidden">
              <SaveTable href={monthsFileHref(slug, id, chosen)} name={t("months")} />
            </p>
          </>
        ) : (
          <p className="text-text-2">{t("noMonths")}</p>
        )}
      </ReportPart>
      <ReportPart title={t("regions")} hint={<ShownTitle shown={shown} />}>
        {regions.items.length + regions.holes.length > 0 ? (
          <>
            <WhereTable
              slug={slug}
              categoryId={id}
              name={name}
              window={looked}
              metric={shown}
              found={regions}
              canSpend={null}
              now={at}
              timeZone={timeZone}
            />
            <p className="flex flex-wrap justify-end print:hidden">
              <SaveTable href={whereFileHref(slug, id, { metric: shown, window: looked })} name={t("regions")} />
            </p>
          </>
        ) : (
          <p className="text-text-2">{t("noRegions")}</p>
        )}
      </ReportPart>
      <ReportPart title={category("siblings")} hint={parent?.name}>
        {siblings.length > 0 ? (
          <SiblingsTable
            slug={slug}
            chosen={chosen}
            rows={siblings.slice(0, MOST_ON_PAPER)}
            id={id}
            now={at}
            pages={<OnPaper shown={MOST_ON_PAPER} all={siblings.length} />}
          />
        ) : (
          <p className="text-text-2">{t("noSiblings")}</p>
        )}
      </ReportPart>
      {imported.length > 0 && (
        <ImportedTable slug={slug} points={imported} fileHref={categoryFileHref(slug, id, "imported", chosen)} />
      )}
      <OwnNumbers
        slug={slug}
        id={id}
        chosen={chosen}
        shown={own}
        table={null}
        regionsJson="[]"
        month=""
        canWrite={false}
      />
      <Notes
        slug={slug}
        categoryId={id}
        shown={notes}
        table={null}
        place={{ region, window }}
        today={today}
        timeZone={timeZone}
        canWrite={false}
        mayChange={() => false}
      />
    </Report>
  );
}
