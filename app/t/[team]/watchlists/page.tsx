import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { readWatchlists } from "@/lib/tracking/read-watchlists";
import { ListTable } from "./list-table";
import { NewList } from "./new-list";

type Props = { params: Promise<{ team: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("watchlists"))("title"),
});

export default async function WatchlistsPage({ params }: Props) {
  const { team: slug } = await params;
  const ctx = await requireTeam(slug, "/watchlists");
  const [t, { items }, now, mark] = await Promise.all([
    getTranslations("watchlists"),
    readWatchlists(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const canWrite = allows(ctx.member.role, "tracking:write");
  const connected = ctx.team.upstream !== null;
  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark} />
      <div className="grid gap-3.5">
        {items.length > 0 ? (
          <ListTable slug={slug} lists={items} now={now} />
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
