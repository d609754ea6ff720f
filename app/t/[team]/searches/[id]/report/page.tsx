import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { categoryHref } from "@/app/_ui/category-href";
import { getLabels } from "@/app/_ui/labels";
import { pageMissing } from "@/app/_ui/page-missing";
import { MOST_ON_PAPER, OnPaper } from "@/app/_ui/report/on-paper";
import { Report, ReportPart } from "@/app/_ui/report/report";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { ChangesTable } from "@/app/t/[team]/searches/[id]/changes-table";
import { ChangeNotes } from "@/app/t/[team]/searches/[id]/changes-view";
import { KINDS } from "@/app/t/[team]/searches/[id]/shown-rows";
import { categoryName } from "@/lib/insights/category-names";
import { readCategoryNames } from "@/lib/insights/read-category-names";
import { fullMoment } from "@/lib/platform/format/date";
import { type DatedRun, readChanges } from "@/lib/tracking/read-changes";
import { readSearch } from "@/lib/tracking/read-searches";
import { changesInputSchema } from "@/lib/tracking/schemas";

type Props = {
  params: Promise<{ team: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("report"))("title"),
});

export default async function ChangesReportPage({ params, searchParams }: Props) {
  const [{ team: slug, id: given }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, `/searches/${encodeURIComponent(given)}/report`);
  const id = z.uuid().safeParse(given);
  const search = id.success ? await readSearch(ctx, id.data).catch(pageMissing) : notFound();
  const asked = changesInputSchema.safeParse({ compare: address.compare || undefined, run: address.run || undefined });
  const wanted = asked.success ? asked.data : changesInputSchema.parse({});
  const [t, report, locale, labels, changes, names, now, mark] = await Promise.all([
    getTranslations("searches.changes"),
    getTranslations("report"),
    getLocale(),
    getLabels(),
    readChanges(ctx, search.id, wanted),
    readCategoryNames(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const { team } = ctx;
  const { after, before, comparison } = changes;
  const ownNames = new Map(names.items.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
  const shown = KINDS.find((kind) => kind === address.show) ?? "all";
  const rows = (comparison?.changes ?? []).filter(({ kind }) => shown === "all" || kind === shown);
  const when = (run: DatedRun | null) => (run ? fullMoment(run.fetchedTo, locale, team.timeZone) : report("nothing"));
  const question = labels.question(search, {
    categoryName:
      ownNames.get(search.category ?? "") ?? search.categoryName ?? categoryName(search.category, [], locale),
  });
  const query = new URLSearchParams({
    compare: wanted.compare,
    show: shown,
    ...(wanted.run ? { run: wanted.run } : {}),
  });
  return (
    <Report
      title={report("changes", { name: search.name })}
      facts={[
        [report("question"), question],
        [report("after"), when(after)],
        [report("before"), when(before)],
      ]}
      sources={[...changes.pages.after, ...changes.pages.before]}
      backHref={`/t/${slug}/searches/${search.id}?${query}`}
      team={team}
      mark={mark}
      now={now}
    >
      <ReportPart title={t("title")} hint={t(`kinds.${shown}`, { count: rows.length })}>
        {comparison ? (
          <>
            <ChangeNotes changes={changes} />
            {rows.length > 0 ? (
              <>
                <ChangesTable
                  changes={rows.slice(0, MOST_ON_PAPER)}
                  ownNames={ownNames}
                  hrefOf={(category) => categoryHref(slug, category, search)}
                  starOf={() => null}
                />
                <OnPaper shown={MOST_ON_PAPER} all={rows.length} />
              </>
            ) : (
              <p className="py-4">{t("noneText")}</p>
            )}
          </>
        ) : (
          <p className="py-4">{t("emptyText")}</p>
        )}
      </ReportPart>
    </Report>
  );
}
