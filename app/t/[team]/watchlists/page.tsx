import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { RunProgress } from "@/app/_ui/run-progress";
import { SaveTable } from "@/app/_ui/save-table";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { mayStop } from "@/app/t/[team]/_shell/may-stop";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { readRefreshOrAnew } from "@/lib/tracking/read-refresh";
import { type RefreshChoices, readRefreshChoices } from "@/lib/tracking/read-refresh-choices";
import { readRefreshRun } from "@/lib/tracking/read-refresh-run";
import { readWatchlistsPage } from "@/lib/tracking/read-watchlists";
import { type RefreshTargetInput, refreshTargetSchema } from "@/lib/tracking/schemas";
import { ChooseRefresh } from "./choose-refresh";
import { ListTable } from "./list-table";
import { NewList } from "./new-list";
import { RefreshPanel } from "./refresh-panel";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("watchlists"))("title"),
});

export default async function WatchlistsPage({ params, searchParams }: Props) {
  const [{ team: slug }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/watchlists");
  const address = tableAddress(`/t/${slug}/watchlists`, given);
  const asked = askedOf(given);
  const readLists = async () => {
    const shown = await readWatchlistsPage(ctx, address.look);
    const ids = shown.items.map(({ id }) => id);
    return { shown, offered: await readRefreshChoices(ctx, ids, asked) };
  };
  const [t, { shown, offered }, run, now, mark] = await Promise.all([
    getTranslations("watchlists"),
    readLists(),
    readRefreshRun(ctx, null),
    pageNow(),
    dataMark(ctx),
  ]);
  const isAny = shown.total > 0 || address.look.q !== "";
  const chosen = thereOf(asked, offered);
  const isChosen = chosen.watchlists.length + chosen.searches.length > 0;
  const refresh = isChosen ? await readRefreshOrAnew(ctx, chosen) : null;
  const canWrite = allows(ctx.member.role, "tracking:write");
  const connected = ctx.team.upstream !== null;
  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark}>
        {isAny && (
          <SaveTable
            href={`/api/v1/watchlists.csv?team=${slug}`}
            label={t("csv")}
            className="btn btn-quiet self-center"
          />
        )}
      </PageHeader>
      <div className="grid gap-3.5">
        {isAny ? (
          <>
            <section className="sheet min-w-0">
              <TableFind address={address} shown={shown} table={t("title")} />
              {shown.total > 0 ? (
                <ListTable slug={slug} lists={shown.items} now={now} />
              ) : (
                <NothingFound address={address} table={t("title")} />
              )}
              <TablePages address={address} shown={shown} table={t("title")} />
            </section>
            {shown.total + offered.searches.length > 1 && (
              <ChooseRefresh offered={offered} chosen={chosen} look={address.look} isPart={shown.pages > 1} />
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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the address chooses; more than one plan takes is nothing. */
function askedOf(given: Address): RefreshTargetInput {
  const ids = (value: Address[string]) => [...new Set([value ?? []].flat().filter((id) => UUID.test(id)))];
  const { data } = refreshTargetSchema.safeParse({ watchlists: ids(given.list), searches: ids(given.search) });
  return data ?? { watchlists: [], searches: [] };
}

/** Of it what is there to choose. */
const thereOf = (asked: RefreshTargetInput, offered: RefreshChoices): RefreshTargetInput => ({
  watchlists: offered.lists.map(({ id }) => id).filter((id) => asked.watchlists.includes(id)),
  searches: offered.searches.map(({ id }) => id).filter((id) => asked.searches.includes(id)),
});
