import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import { Report, ReportPart } from "@/app/_ui/report/report";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { presentWindow } from "@/app/t/[team]/categories/[id]/address";
import { ShownTitle } from "@/app/t/[team]/categories/[id]/shown-title";
import { type Address, compareHref, parseCompareAddress } from "@/app/t/[team]/compare/address";
import { CompareChart } from "@/app/t/[team]/compare/compare-chart";
import { CompareTable } from "@/app/t/[team]/compare/compare-table";
import { ComparedList } from "@/app/t/[team]/compare/compared-list";
import { WhereTable } from "@/app/t/[team]/compare/where-table";
import type { ComparedSeries } from "@/lib/insights/compare-schemas";
import { readCategoryNames } from "@/lib/insights/read-category-names";
import { readComparison } from "@/lib/insights/read-comparison";
import { readRegions } from "@/lib/insights/read-regions";
import { fullDay, isoDate } from "@/lib/platform/format/date";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("report"))("title"),
});

export default async function CompareReportPage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/compare/report");
  const { team } = ctx;
  const at = await pageNow();
  const { chosen } = parseCompareAddress(address, team, isoDate(at, team.timeZone));
  const [first] = chosen.categories;
  // Without anything to report on there is only the page where it is chosen.
  if (!first) redirect(compareHref(slug, chosen));
  const { metric, view } = chosen;
  const of = chosen.of ?? first;
  const window = presentWindow(chosen.window, at, team.timeZone);
  const [t, report, locale, labels, learned, comparison, found, mark] = await Promise.all([
    getTranslations("compare"),
    getTranslations("report"),
    getLocale(),
    getLabels(),
    readCategoryNames(ctx),
    readComparison(ctx, chosen),
    view === "where" ? readRegions(ctx, of, { metric, window }) : null,
    dataMark(ctx),
  ]);
  const { series } = comparison;
  const isOfRegions = chosen.regions.length > 1;
  const own = new Map(learned.items.map(({ id, name }) => [id, name]));
  const names = new Map(series.map(({ categoryId, name }) => [categoryId, name]));
  const nameOf = (id: string) => names.get(id) ?? own.get(id) ?? t("unnamed", { id });
  const seriesName = ({ categoryId, region }: ComparedSeries) =>
    isOfRegions ? labels.region(region) : nameOf(categoryId);
  const list = new Intl.ListFormat(locale);
  const all = list.format(found ? [nameOf(of)] : chosen.categories.map(nameOf));
  const windowText = chosen.window === "month" ? t("months") : labels.window(chosen.window);
  const facts = found
    ? ([
        [report("categories"), all],
        [report("window"), labels.window(window)],
      ] as const)
    : ([
        [report("categories"), all],
        [report("regions"), list.format(chosen.regions.map((region) => labels.region(region)))],
        [report("window"), windowText],
        [
          report("days"),
          report("span", { from: fullDay(comparison.from, locale), to: fullDay(comparison.to, locale) }),
        ],
      ] as const);
  const sources = found?.items ?? series.flatMap(({ points }) => points);
  return (
    <Report
      title={report(found ? "where" : "comparison", { names: all })}
      facts={facts}
      sources={sources}
      backHref={compareHref(slug, chosen)}
      team={team}
      mark={mark}
      now={at}
    >
      {found ? (
        <ReportPart title={t("view.where")} hint={<ShownTitle shown={metric} />}>
          <WhereTable
            slug={slug}
            categoryId={of}
            name={nameOf(of)}
            window={window}
            metric={metric}
            found={found}
            canSpend={null}
            now={at}
            timeZone={team.timeZone}
          />
          <p className="mt-2 text-pretty text-text-3">
            {t("whereLegend")} {(metric === "cpa" || metric === "cost") && t("currency")}
          </p>
        </ReportPart>
      ) : (
        <>
          <ReportPart title={t("course")} hint={<ShownTitle shown={metric} isIndex={chosen.scale === "index"} />}>
            <ComparedList slug={slug} chosen={chosen} typed={{ categories: [], regions: [] }} nameOf={nameOf} isFixed />
            <CompareChart comparison={comparison} scale={chosen.scale} nameOf={seriesName} now={at} />
          </ReportPart>
          <ReportPart title={t("table")}>
            <CompareTable
              slug={slug}
              chosen={chosen}
              comparison={comparison}
              table={null}
              nameOf={seriesName}
              now={at}
              timeZone={team.timeZone}
            />
          </ReportPart>
        </>
      )}
    </Report>
  );
}
