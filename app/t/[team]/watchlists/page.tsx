import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { RunProgress } from "@/app/_ui/run-progress";
import { SaveTable } from "@/app/_ui/save-table";
import { mayStop } from "@/app/t/[team]/_shell/may-stop";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { readRefreshOrAnew } from "@/lib/tracking/read-refresh";
import { readRefreshRun } from "@/lib/tracking/read-refresh-run";
import { readSearches } from "@/lib/tracking/read-searches";
import { readWatchlists } from "@/lib/tracking/read-watchlists";
import { type RefreshTargetInput, refreshTargetSchema } from "@/lib/tracking/schemas";
import { ChooseRefresh } from "./choose-refresh";
import { ListTable } from "./list-table";
import { NewList } from "./new-list";
import { RefreshPanel } from "./refresh-panel";

type Props = {
  params: Promise<{ team: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("watchlists"))("title"),
});

export default async function WatchlistsPage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/watchlists");
  const [t, { items }, searches, run, now, mark] = await Promise.all([
    getTranslations("watchlists"),
    readWatchlists(ctx),
    readSearches(ctx),
    readRefreshRun(ctx, null),
    pageNow(),
    dataMark(ctx),
  ]);
  const chosen = chosenOf(address, items, searches.items);
  const isChosen = chosen.watchlists.length + chosen.searches.length > 0;
  const refresh = isChosen ? await readRefreshOrAnew(ctx, chosen) : null;
  const canWrite = allows(ctx.member.role, "tracking:write");
  const connected = ctx.team.upstream !== null;
  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark}>
        {items.length > 0 && (
          <SaveTable
            href={`/api/v1/watchlists.csv?team=${slug}`}
            label={t("csv")}
            className="btn btn-quiet self-center"
          />
        )}
      </PageHeader>
      <div className="grid gap-3.5">
        {items.length > 0 ? (
          <>
            <ListTable slug={slug} lists={items} now={now} />
            {items.length + searches.items.length > 1 && (
              <ChooseRefresh lists={items} searches={searches.items} chosen={chosen} />
            )}
            {refresh ? (
              <RefreshPanel
                slug={slug}
                path="/watchlists/refresh"
                target={chosen}
                {...refresh}
                run={run}
                canStop={mayStop(ctx, run)}
                canSpend={allows(ctx.member.role, "insights:buy")}
                timeZone={ctx.team.timeZone}
              />
            ) : (
              run?.finishedAt === null && <RunProgress slug={slug} run={run} canStop={mayStop(ctx, run)} />
            )}
          </>
        ) : (
          <section className="sheet">
            <EmptyState
              title={t("emptyTitle")}
              action={
                !connected && (
                  <Link href={`/t/${slug}/settings/key`} prefetch={false} className="btn btn-primary">
                    {t("connect")}
                  </Link>
                )
              }
            >
              <p>{t("emptyText")}</p>
              <p>{connected ? t(canWrite ? "emptyNext" : "emptyViewer") : t("emptyConnect")}</p>
            </EmptyState>
          </section>
        )}
        {canWrite && connected && (
          <section className="sheet max-w-[30rem] p-3.5" aria-labelledby="new-list">
            <h2 id="new-list" className="mb-2.5">
              {t("new")}
            </h2>
            <NewList slug={slug} />
          </section>
        )}
      </div>
    </>
  );
}

/** What the address chooses, as far as it is there to choose. */
function chosenOf(
  address: Record<string, string | string[] | undefined>,
  lists: { id: string }[],
  searches: { id: string }[],
): RefreshTargetInput {
  const among = (given: string | string[] | undefined, there: { id: string }[]) =>
    there.map(({ id }) => id).filter((id) => [given].flat().includes(id));
  const chosen = { watchlists: among(address.list, lists), searches: among(address.search, searches) };
  const { success } = refreshTargetSchema.safeParse(chosen);
  return success ? chosen : { watchlists: [], searches: [] };
}
