import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { BreakNotice } from "@/app/_ui/break-notice";
import { ChartFiles } from "@/app/_ui/charts/chart-files";
import { EmptyState } from "@/app/_ui/empty-state";
import { getLabels } from "@/app/_ui/labels";
import { Notice } from "@/app/_ui/notice";
import { PageHeader } from "@/app/_ui/page-header";
import { PageLegend } from "@/app/_ui/page-legend";
import { ReportLink } from "@/app/_ui/report/report-link";
import { SaveFoot, SaveTable } from "@/app/_ui/save-table";
import { TabLink } from "@/app/_ui/tab-link";
import { tableAddress } from "@/app/_ui/table-address";
import { thirdLevel } from "@/app/_ui/third-level";
import { TipLayer } from "@/app/_ui/tip-layer";
import { mayStop } from "@/app/t/[team]/_shell/may-stop";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { presentWindow } from "@/app/t/[team]/categories/[id]/address";
import { ShownTitle } from "@/app/t/[team]/categories/[id]/shown-title";
import type { TeamContext } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import { topCategoryName } from "@/lib/insights/category-names";
import type { ComparedSeries } from "@/lib/insights/compare-schemas";
import { readOpenBreaks } from "@/lib/insights/read-breaks";
import { readCategories } from "@/lib/insights/read-categories";
import { readComparison } from "@/lib/insights/read-comparison";
import { readRegions } from "@/lib/insights/read-regions";
import { type Category, REGIONS } from "@/lib/insights/schemas";
import { isoDate } from "@/lib/platform/format/date";
import { readRegionsFill } from "@/lib/tracking/read-regions-fill";
import { readWatched } from "@/lib/tracking/read-watched";
import {
  type Address,
  compareFileHref,
  compareHref,
  comparePictureHref,
  parseCompareAddress,
  whereFileHref,
} from "./address";
import { CompareChart } from "./compare-chart";
import { CompareForm } from "./compare-form";
import { CompareSwitch } from "./compare-switch";
import { CompareTable } from "./compare-table";
import { ComparedList } from "./compared-list";
import { FillHoles } from "./fill-holes";
import { WhereTable } from "./where-table";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("compare"))("title"),
});

export default async function ComparePage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/compare");
  const { team } = ctx;
  const at = await pageNow();
  const { chosen, typed, mistakes } = parseCompareAddress(address, team, isoDate(at, team.timeZone));
  const { categories, regions, metric, view } = chosen;
  const of = chosen.of ?? categories[0];
  const window = presentWindow(chosen.window, at, team.timeZone);
  const starred = categories.flatMap((categoryId) =>
    (view === "where" && categoryId === of ? REGIONS : regions).map((region) => ({ categoryId, region })),
  );
  const [t, locale, labels, learned, comparison, where, watched, breaks, mark] = await Promise.all([
    getTranslations("compare"),
    getLocale(),
    getLabels(),
    readCategories(ctx, {}),
    categories.length > 0 && view === "time" ? readComparison(ctx, chosen) : null,
    of !== undefined && view === "where" ? readWhere(ctx, of, { metric, window }) : null,
    readWatched(ctx, starred),
    readOpenBreaks(ctx),
    dataMark(ctx),
  ]);
  const nameById = new Map(learned.items.map(({ id, name, ownName }) => [id, ownName ?? name]));
  const nameOf = (id: string) => nameById.get(id) ?? t("unnamed", { id });
  const isOfRegions = regions.length > 1;
  const seriesName = ({ categoryId, region }: ComparedSeries) =>
    isOfRegions ? labels.region(region) : nameOf(categoryId);
  const count = categories.length * regions.length;
  const [only] = categories;
  const subtitle =
    view === "time"
      ? [isOfRegions && only ? nameOf(only) : labels.region(regions[0] ?? team.defaultRegion)]
      : [of && nameOf(of)];
  const found = where?.found ?? null;
  const holes = found?.holes.length ?? 0;
  const canSpend = allows(ctx.member.role, "insights:buy") && team.upstream !== null;

  return (
    <>
      <PageHeader
        title={t("title")}
        subtitle={[...subtitle, chosen.window === "month" ? t("months") : labels.window(chosen.window)]
          .filter(Boolean)
          .join(" · ")}
        mark={mark}
      >
        {count > 0 && <ReportLink of={compareHref(slug, chosen)} />}
      </PageHeader>
      <CompareSwitch slug={slug} chosen={chosen} />
      <BreakNotice
        slug={slug}
        breaks={breaks}
        place={{ ...(view === "time" ? { regions } : {}), ...(window === "month" ? {} : { window }) }}
      />
      <section className="sheet mb-3 grid gap-3 p-3.5" aria-label={t("compared")}>
        {(count > 0 || typed.categories.length + typed.regions.length > 0) && (
          <ComparedList slug={slug} chosen={chosen} typed={typed} nameOf={nameOf} watched={watched} />
        )}
        <CompareForm
          slug={slug}
          chosen={chosen}
          typed={typed}
          mistakes={mistakes}
          categories={choicesOf(learned.items, locale, t("otherGroup"))}
          compare={new Intl.Collator(locale).compare}
        />
      </section>
      {Object.keys(mistakes).length > 0 && (
        <Notice tone="warn" className="mb-3" isAlert>
          {t("problem")}
        </Notice>
      )}
      {!comparison && !found && (
        <div className="sheet">
          <EmptyState title={t("nothingTitle")}>
            <p>{t("nothingText")}</p>
          </EmptyState>
        </div>
      )}
      {comparison && (
        <>
          <section className="sheet p-3.5" aria-label={t("course")}>
            <div className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <ShownTitle shown={metric} isIndex={chosen.scale === "index"} />
              {count === 1 && <p className="text-text-2">{t("oneOnly")}</p>}
              <span className="grow" />
              <ChartFiles
                href={comparePictureHref(slug, chosen)}
                name={t("course")}
                fileName={["nichebook", "compare", metric, chosen.window].join("-")}
              />
            </div>
            <CompareChart comparison={comparison} scale={chosen.scale} nameOf={seriesName} now={at} />
          </section>
          {comparison.series.some(({ points }) => points.length > 0) && (
            <section id="table" className="sheet mt-3" aria-label={t("table")}>
              <CompareTable
                slug={slug}
                chosen={chosen}
                comparison={comparison}
                table={tableAddress(`/t/${slug}/compare`, address, "rows", "table")}
                nameOf={seriesName}
                now={at}
                timeZone={team.timeZone}
              />
              <SaveFoot href={compareFileHref(slug, chosen)} name={t("table")} />
            </section>
          )}
        </>
      )}
      {where && found && of !== undefined && (
        <section className="sheet" aria-label={t("view.where")}>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3.5 py-2.5">
            <ShownTitle shown={metric} />
            <span className="text-text-2">
              {nameOf(of)} · {labels.windowInText(window)}
            </span>
            <span className="grow" />
            {categories.length > 1 && (
              <nav aria-label={t("of")} className="flex flex-wrap gap-0.5">
                {categories.map((id) => (
                  <TabLink key={id} href={compareHref(slug, chosen, { of: id })} isOn={id === of}>
                    {nameOf(id)}
                  </TabLink>
                ))}
              </nav>
            )}
          </div>
          {found.items.length + holes === 0 ? (
            <EmptyState title={t("nowhereTitle")}>
              <p>{t("nowhereText")}</p>
            </EmptyState>
          ) : (
            <WhereTable
              slug={slug}
              categoryId={of}
              name={nameOf(of)}
              window={window}
              metric={metric}
              found={found}
              canSpend={canSpend}
              now={at}
              timeZone={team.timeZone}
              watched={watched}
            />
          )}
          {where.fill && holes > 0 && (
            <FillHoles
              slug={slug}
              categoryId={of}
              window={window}
              holes={found.holes}
              fill={where.fill}
              canStop={mayStop(ctx, where.fill.lastRun)}
              canSpend={canSpend}
              now={at}
              timeZone={team.timeZone}
            />
          )}
          <div className="flex flex-wrap items-center justify-end gap-x-2 border-line border-t px-3.5 py-2.5">
            <p className="min-w-64 flex-1 text-pretty text-text-3">
              {[t("whereLegend"), (metric === "cpa" || metric === "cost") && t("currency")].filter(Boolean).join(" ")}
            </p>
            <SaveTable href={whereFileHref(slug, of, { metric, window })} name={t("view.where")} />
          </div>
        </section>
      )}
      <PageLegend text={t("legend")} help={t("help")} />
      <TipLayer />
    </>
  );
}

/** Where a category stands, and what filling the holes takes. */
async function readWhere(ctx: TeamContext, categoryId: string, asked: Parameters<typeof readRegions>[2]) {
  const found = await readRegions(ctx, categoryId, asked);
  const target = { regions: found.holes, window: asked.window };
  return { found, fill: found.holes.length > 0 ? await readRegionsFill(ctx, categoryId, target) : null };
}

/** What can be compared by name, each under its first level in the reader's language. */
function choicesOf(categories: Category[], locale: string, otherGroup: string) {
  const compare = new Intl.Collator(locale).compare;
  return thirdLevel(categories)
    .map(({ id, name, top }) => ({ id, name, group: top === null ? otherGroup : topCategoryName(top, locale) }))
    .sort((a, b) => compare(a.name, b.name));
}
