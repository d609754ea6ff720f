import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { getLabels } from "@/app/_ui/labels";
import { pageMissing } from "@/app/_ui/page-missing";
import { MOST_ON_PAPER, OnPaper } from "@/app/_ui/report/on-paper";
import { Report, ReportPart } from "@/app/_ui/report/report";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { figuresOf, parseWatchAddress, watchHref } from "@/app/t/[team]/watchlists/[id]/address";
import { readWholeWatchlist } from "@/lib/tracking/read-whole-watchlist";
import { PaperTable } from "./paper-table";

type Props = {
  params: Promise<{ team: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("report"))("title"),
});

export default async function WatchlistReportPage({ params, searchParams }: Props) {
  const [{ team: slug, id }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, `/watchlists/${encodeURIComponent(id)}/report`);
  if (!z.uuid().safeParse(id).success) notFound();
  const address = parseWatchAddress(given);
  const { window, tag, span } = address;
  const [t, watchlists, locale, labels, view, now, mark] = await Promise.all([
    getTranslations("report"),
    getTranslations("watchlists"),
    getLocale(),
    getLabels(),
    readWholeWatchlist(ctx, id, { window, tag }).catch(pageMissing),
    pageNow(),
    dataMark(ctx),
  ]);
  const { team } = ctx;
  const { list, items } = view;
  const regions = [...new Set(items.map(({ region }) => labels.region(region)))];
  return (
    <Report
      title={list.name}
      facts={[
        [t("window"), labels.window(view.window)],
        [t("regions"), new Intl.ListFormat(locale).format(regions)],
        [t("items"), watchlists("items", { count: items.length })],
        ...(view.tag === null ? [] : [[t("tag"), view.tag] as const]),
      ]}
      sources={items.flatMap(({ current }) => current ?? [])}
      backHref={watchHref(slug, view, address, { page: 1 })}
      team={team}
      mark={mark}
      now={now}
    >
      {list.notes && <p className="whitespace-pre-line">{list.notes}</p>}
      <ReportPart title={watchlists("table")}>
        {items.length > 0 ? (
          <>
            <PaperTable
              view={{ ...view, items: items.slice(0, MOST_ON_PAPER) }}
              figures={figuresOf(address.all)}
              span={span}
              now={now}
              timeZone={team.timeZone}
            />
            <OnPaper shown={MOST_ON_PAPER} all={items.length} />
          </>
        ) : (
          <p className="py-4">{watchlists("noItemsViewer")}</p>
        )}
        <p className="mt-2 text-text-3">{watchlists("legend")}</p>
      </ReportPart>
    </Report>
  );
}
