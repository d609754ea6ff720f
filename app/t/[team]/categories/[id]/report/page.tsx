import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import { pageMissing } from "@/app/_ui/page-missing";
import { MOST_ON_PAPER, OnPaper } from "@/app/_ui/report/on-paper";
import { Report, ReportPart } from "@/app/_ui/report/report";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { categoryFileHref, categoryViewHref, parseCategoryAddress } from "@/app/t/[team]/categories/[id]/address";
import { AnswersTable } from "@/app/t/[team]/categories/[id]/answers-table";
import { aroundCategory, siblingsOf } from "@/app/t/[team]/categories/[id]/around-category";
import { FiguresTable } from "@/app/t/[team]/categories/[id]/figures-table";
import { HistoryChart } from "@/app/t/[team]/categories/[id]/history-chart";
import { ImportedTable } from "@/app/t/[team]/categories/[id]/imported-table";
import { Notes } from "@/app/t/[team]/categories/[id]/notes";
import { OwnNumbers } from "@/app/t/[team]/categories/[id]/own-numbers";
import { ShownTitle } from "@/app/t/[team]/categories/[id]/shown-title";
import { SiblingsTable } from "@/app/t/[team]/categories/[id]/siblings-table";
import { tilesOf } from "@/lib/insights/category-tiles";
import { readCategory } from "@/lib/insights/read-category";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { readCategoryNow } from "@/lib/insights/read-category-now";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { fullDay, isoDate } from "@/lib/platform/format/date";
import { readImported } from "@/lib/tracking/read-imported";
import { readNotesPage } from "@/lib/tracking/read-notes-page";
import { readOwnNumbersPage } from "@/lib/tracking/read-own-numbers-page";

type Props = {
  params: Promise<{ team: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const PAPER = { look: { q: "", page: 1 }, rows: MOST_ON_PAPER };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("report"))("title"),
});

export default async function CategoryReportPage({ params, searchParams }: Props) {
  const [{ team: slug, id }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, `/categories/${encodeURIComponent(id)}/report`);
  if (!categoryIdSchema.safeParse(id).success) notFound();
  const { team } = ctx;
  const at = await pageNow();
  const today = isoDate(at, team.timeZone);
  const { chosen } = parseCategoryAddress(given, team, today);
  const { region, window, from, to, shown } = chosen;
  const [t, report, locale, labels, facts, now, history, notes, own, imported, mark] = await Promise.all([
    getTranslations("category"),
    getTranslations("report"),
    getLocale(),
    getLabels(),
    readCategory(ctx, id).catch(pageMissing),
    readCategoryNow(ctx, id, { region, window }),
    readCategoryHistory(ctx, id, { region, window, from, to }),
    readNotesPage(ctx, id, PAPER),
    readOwnNumbersPage(ctx, id, { ...PAPER, regionsNamed: [], region }),
    readImported(ctx, id, { region, window, from, to }),
    dataMark(ctx),
  ]);
  const name = facts.name ?? t("unnamed", { id });
  const { path, parent } = aroundCategory(facts, locale);
  const siblings = siblingsOf(facts, now);
  const { current } = now;
  const { timeZone } = team;
  return (
    <Report
      title={report("category", { name, region: labels.region(region) })}
      facts={[
        [report("categories"), [...path, name].join(" › ")],
        [report("regions"), labels.region(region)],
        [report("window"), window === "month" ? report("months") : labels.window(window)],
        [report("days"), report("span", { from: fullDay(from, locale), to: fullDay(to, locale) })],
      ]}
      sources={[...(current ? [current] : []), ...history.points]}
      backHref={categoryViewHref(slug, id, chosen)}
      team={team}
      mark={mark}
      now={at}
    >
      {current && (
        <ReportPart title={t("figures")}>
          <FiguresTable
            tiles={tilesOf(now)}
            now={now}
            topName={path[0] ?? null}
            at={at}
            timeZone={timeZone}
            fileHref={categoryFileHref(slug, id, "figures", chosen)}
          />
        </ReportPart>
      )}
      <ReportPart title={t("course")} hint={<ShownTitle shown={shown} />}>
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
      </ReportPart>
      {imported.length > 0 && <ImportedTable slug={slug} points={imported} isOpen />}
      {own.total > 0 && (
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
      )}
      {notes.total > 0 && (
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
      )}
      {siblings.length > 0 && (
        <ReportPart title={t("siblings")} hint={parent?.name}>
          <SiblingsTable
            slug={slug}
            chosen={chosen}
            rows={siblings.slice(0, MOST_ON_PAPER)}
            id={id}
            now={at}
            pages={<OnPaper shown={MOST_ON_PAPER} all={siblings.length} />}
          />
        </ReportPart>
      )}
      {history.points.length > 0 && (
        <ReportPart title={t("answersTitle", { count: history.points.length })}>
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
        </ReportPart>
      )}
    </Report>
  );
}
