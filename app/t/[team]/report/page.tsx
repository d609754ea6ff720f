import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import { pageMissing } from "@/app/_ui/page-missing";
import { Report, ReportPart } from "@/app/_ui/report/report";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { fullDay, fullMoment } from "@/lib/platform/format/date";
import { MOST_WEIGHED, movementsInputSchema, movementsQuery } from "@/lib/tracking/movement-schemas";
import { readMovementScopes } from "@/lib/tracking/read-movement-scopes";
import { readMovements } from "@/lib/tracking/read-movements";
import { MovedTable } from "./moved-table";

type Props = {
  params: Promise<{ team: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("report"))("title"),
});

export default async function MovementsReportPage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const asked = movementsInputSchema.safeParse(address);
  const input = asked.data ?? movementsInputSchema.parse({});
  const ctx = await requireTeam(slug, "/report");
  const { team } = ctx;
  const [t, moved, metric, locale, labels, movements, scopes, mark, now] = await Promise.all([
    getTranslations("report"),
    getTranslations("moved"),
    getTranslations("metric"),
    getLocale(),
    getLabels(),
    readMovements(ctx, input).catch(pageMissing),
    readMovementScopes(ctx),
    dataMark(ctx),
    pageNow(),
  ]);
  const { items, counts, stored, renewed, comparable } = movements;
  const scope = [
    ...scopes.lists.map(({ id, name }) => [`list.${id}`, name]),
    ...scopes.searches.map(({ id, name }) => [`search.${id}`, name]),
  ].find(([key]) => key === input.scope)?.[1];
  const { against, review } = movements;
  const reviewed = review ? fullMoment(review.seenAt, locale, team.timeZone) : "";
  const asOf = against === "reviewed" && reviewed ? reviewed : fullDay(movements.asOf, locale);
  return (
    <Report
      title={t("moved", { day: asOf })}
      facts={[
        [moved("scope"), scope ?? moved("scopeAll")],
        [moved("against"), moved(`againstOf.${against}`, { date: reviewed })],
        [moved("metric"), movements.metric === "rank" ? moved("rank") : metric(`${movements.metric}.name`)],
        [t("window"), labels.window(movements.window)],
      ]}
      sources={items.flatMap(({ before, after }) => [before, after].flatMap((side) => side ?? []))}
      backHref={`/t/${slug}?${movementsQuery(input)}`}
      team={team}
      mark={mark}
      now={now}
    >
      <ReportPart title={moved("title")} hint={moved(`kinds.${input.kind}`, { count: counts[input.kind] })}>
        <p className="mb-2 text-text-2">
          {moved("facts", { day: asOf, window: labels.window(movements.window), stored, renewed, comparable })}
        </p>
        {items.length > 0 ? (
          <MovedTable movements={movements} now={now} timeZone={team.timeZone} />
        ) : (
          <p className="py-4">{moved("noneText")}</p>
        )}
        <p className="mt-2 text-pretty text-text-3">
          {moved("explain")} {movements.cut && moved("cut", { count: MOST_WEIGHED })}
        </p>
      </ReportPart>
    </Report>
  );
}
