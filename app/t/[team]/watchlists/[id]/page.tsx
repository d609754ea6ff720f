import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { BreakNotice } from "@/app/_ui/break-notice";
import { ComparePicked } from "@/app/_ui/compare-picks";
import { EmptyState } from "@/app/_ui/empty-state";
import { getLabels } from "@/app/_ui/labels";
import { Opened } from "@/app/_ui/opened";
import { PageHeader } from "@/app/_ui/page-header";
import { pageMissing } from "@/app/_ui/page-missing";
import { ReportLink } from "@/app/_ui/report/report-link";
import { SaveTable } from "@/app/_ui/save-table";
import { TipLayer } from "@/app/_ui/tip-layer";
import { mayStop } from "@/app/t/[team]/_shell/may-stop";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { ScheduleLink } from "@/app/t/[team]/_shell/schedule-link";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { RefreshPanel } from "@/app/t/[team]/watchlists/refresh-panel";
import { allows } from "@/lib/auth/permissions";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { readOpenBreaks } from "@/lib/insights/read-breaks";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { REGIONS } from "@/lib/insights/schemas";
import { readCategoryBackfill } from "@/lib/tracking/read-backfill";
import { readRefreshOrAnew } from "@/lib/tracking/read-refresh";
import { readRefreshRun } from "@/lib/tracking/read-refresh-run";
import { readWatched } from "@/lib/tracking/read-watched";
import { readWatchlist } from "@/lib/tracking/read-watchlist";
import { WATCH_PAGE_SIZE } from "@/lib/tracking/watch-view";
import { AddItems } from "./add-items";
import { figuresOf, parseWatchAddress, watchHref } from "./address";
import { EditList } from "./edit-list";
import { ItemMonths } from "./item-months";
import { ViewSwitch } from "./view-switch";
import { WatchTable } from "./watch-table";

type Props = {
  params: Promise<{ team: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("watchlists"))("title"),
});

export default async function WatchlistPage({ params, searchParams }: Props) {
  const [{ team: slug, id }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, `/watchlists/${encodeURIComponent(id)}`);
  const address = parseWatchAddress(given);
  const figures = figuresOf(address.all);
  const { window, tag, page } = address;
  if (!UUID.test(id)) notFound();
  const target = { watchlists: [id], searches: [] };
  const canWrite = allows(ctx.member.role, "tracking:write");
  const readView = async () => {
    const view = await readWatchlist(ctx, id, { window, tag, page, figures: [...figures] });
    return { view, watched: canWrite && view.items.length > 0 ? await readWatched(ctx, view.items) : null };
  };
  const [{ view, watched }, t, labels, locale, { plan, anew }, run, breaks, now, mark] = await Promise.all([
    readView().catch(pageMissing),
    getTranslations("watchlists"),
    getLabels(),
    getLocale(),
    readRefreshOrAnew(ctx, target).catch(pageMissing),
    readRefreshRun(ctx, id),
    readOpenBreaks(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const chosen = view.items.find(({ id }) => id === address.months);
  const past =
    chosen &&
    (await Promise.all([
      readCategoryHistory(ctx, chosen.categoryId, historyInputSchema.parse({ region: chosen.region, window: "month" })),
      readCategoryBackfill(ctx, chosen.categoryId, chosen.region),
    ]));
  const csvQuery = new URLSearchParams({
    team: slug,
    window: view.window,
    ...(view.tag === null ? {} : { tag: view.tag }),
  });
  const canSpend = allows(ctx.member.role, "insights:buy");
  const compare = new Intl.Collator(locale).compare;
  const regions = REGIONS.map((code) => ({ code, name: labels.region(code) })).sort((a, b) =>
    a.code === "all_regions" ? -1 : b.code === "all_regions" ? 1 : compare(a.name, b.name),
  );
  const { list } = view;
  const facts = [
    list.shared ? t("shared") : t("private"),
    t("madeBy", { name: list.maker?.name ?? t("ofTheTeam") }),
    t("items", { count: list.itemCount }),
    list.oldestFetchedAt && t("oldest", { age: labels.age(list.oldestFetchedAt, now) }),
  ].filter(Boolean);
  const pages = Math.max(1, Math.ceil(view.total / WATCH_PAGE_SIZE));

  return (
    <>
      <PageHeader above={{ slug, section: "watchlists" }} title={list.name} subtitle={facts.join(" · ")} mark={mark}>
        <ScheduleLink slug={slug} thing={{ watchlistId: list.id }} ctx={ctx} scheduled={list.scheduled} />
        {view.total > 0 && <ReportLink of={watchHref(slug, view, address, {})} />}
        {view.total > 0 && (
          <SaveTable
            href={`/api/v1/watchlists/${list.id}/items.csv?${csvQuery}`}
            label={t("csv")}
            className="btn btn-quiet self-center"
          />
        )}
        {canWrite && <EditList slug={slug} list={list} isMine={list.maker?.id === ctx.member.id} />}
      </PageHeader>
      <BreakNotice
        slug={slug}
        breaks={breaks}
        place={{ regions: view.items.map(({ region }) => region), window: view.window }}
      />
      {list.notes && <p className="mb-2.5 max-w-[60rem] whitespace-pre-line text-text-2">{list.notes}</p>}
      {canWrite && (
        <AddItems
          slug={slug}
          listId={list.id}
          regions={regions}
          region={view.items.at(-1)?.region ?? ctx.team.defaultRegion}
        />
      )}
      {plan.items.total > 0 && (
        <div className="mt-2.5">
          <RefreshPanel
            slug={slug}
            path={`/watchlists/${list.id}/refresh`}
            plan={plan}
            anew={anew}
            run={run}
            canStop={mayStop(ctx, run)}
            canSpend={canSpend}
            timeZone={ctx.team.timeZone}
          />
        </div>
      )}
      <ViewSwitch slug={slug} view={view} address={address} />
      {chosen && past && (
        <ItemMonths
          key={chosen.id}
          slug={slug}
          name={`${chosen.name ?? chosen.categoryId} · ${labels.region(chosen.region)}`}
          history={past[0]}
          backfill={past[1]}
          closeHref={watchHref(slug, view, address, { page: view.page })}
          canSpend={canSpend}
          canStop={mayStop(ctx, past[1].lastRun)}
          timeZone={ctx.team.timeZone}
        />
      )}
      <Opened slug={slug} receiptIds={view.items.flatMap(({ current }) => current?.receiptId ?? [])} />
      <div className="sheet @container/sheet">
        {view.items.length === 0 ? (
          <EmptyState title={t(view.tag === null ? "noItemsTitle" : "noTaggedTitle")}>
            <p>{t(view.tag !== null ? "noTaggedText" : canWrite ? "noItemsText" : "noItemsViewer")}</p>
          </EmptyState>
        ) : (
          <WatchTable
            slug={slug}
            view={view}
            figures={figures}
            span={address.span}
            now={now}
            timeZone={ctx.team.timeZone}
            watched={watched}
            before={(view.page - 1) * WATCH_PAGE_SIZE}
            monthsHref={watchHref(slug, view, address, { page: view.page, months: "" })}
          />
        )}
        <footer className="num flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-line border-t px-3 py-2 text-text-3">
          <p>{t("legend")}</p>
          {view.items.length > 1 && <ComparePicked slug={slug} window={view.window} />}
          {pages > 1 && (
            <nav aria-label={t("pages")} className="flex items-center gap-2">
              {view.page > 1 && (
                <Link href={watchHref(slug, view, address, { page: view.page - 1 })} prefetch={false} className="btn">
                  {t("previousPage")}
                </Link>
              )}
              <span>{t("pageOf", { page: view.page, pages })}</span>
              {view.page < pages && (
                <Link href={watchHref(slug, view, address, { page: view.page + 1 })} prefetch={false} className="btn">
                  {t("nextPage")}
                </Link>
              )}
            </nav>
          )}
        </footer>
      </div>
      <TipLayer />
    </>
  );
}
