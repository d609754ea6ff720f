import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { readBreaksPage } from "@/lib/insights/read-breaks";
import { BreakTable } from "./break-table";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("providerChanges"))("title"),
});

export default async function ProviderChangesPage({ params, searchParams }: Props) {
  const [{ team: slug }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/alerts/provider");
  const table = tableAddress(`/t/${slug}/alerts/provider`, given);
  const [t, shown, now, mark] = await Promise.all([
    getTranslations("providerChanges"),
    readBreaksPage(ctx, table.look),
    pageNow(),
    dataMark(ctx),
  ]);
  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark}>
        <Link href={`/t/${slug}/alerts`} prefetch={false} className="btn btn-quiet self-center">
          {t("back")}
        </Link>
      </PageHeader>
      <section className="sheet min-w-0">
        <TableFind address={table} shown={shown} table={t("table")} />
        {shown.total > 0 ? (
          <>
            <BreakTable
              slug={slug}
              breaks={shown.items}
              canJudge={allows(ctx.member.role, "team:write")}
              now={now}
              timeZone={ctx.team.timeZone}
            />
            <TablePages address={table} shown={shown} table={t("table")} />
            <details className="border-line border-t px-3.5 py-2 text-text-2">
              <summary>{t("explainTitle")}</summary>
              <p>{t("explainReal")}</p>
              <p>{t("explainFrom")}</p>
            </details>
          </>
        ) : table.look.q ? (
          <NothingFound address={table} table={t("table")} />
        ) : (
          <EmptyState title={t("emptyTitle")}>
            <p>{t("emptyText")}</p>
          </EmptyState>
        )}
      </section>
    </>
  );
}
