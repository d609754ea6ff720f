import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { SaveTable } from "@/app/_ui/save-table";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { readSearchesPage } from "@/lib/tracking/read-searches";
import { SearchTable } from "./search-table";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("searches"))("title"),
});

export default async function SearchesPage({ params, searchParams }: Props) {
  const [{ team: slug }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/searches");
  const address = tableAddress(`/t/${slug}/searches`, given);
  const [t, shown, now, mark] = await Promise.all([
    getTranslations("searches"),
    readSearchesPage(ctx, address.look),
    pageNow(),
    dataMark(ctx),
  ]);
  const explore = `/t/${slug}/explore`;
  const isAny = shown.total > 0 || address.look.q !== "";
  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark}>
        {isAny && (
          <SaveTable
            href={`/api/v1/searches.csv?team=${slug}`}
            label={t("csv")}
            className="btn btn-quiet self-center"
          />
        )}
        {isAny && (
          <Link href={explore} prefetch={false} className="btn self-center">
            {t("new")}
          </Link>
        )}
      </PageHeader>
      <section className="sheet min-w-0">
        <TableFind address={address} shown={shown} table={t("title")} />
        {shown.items.length > 0 ? (
          <SearchTable
            items={shown.items}
            slug={slug}
            now={now}
            timeZone={ctx.team.timeZone}
            canSpend={allows(ctx.member.role, "insights:buy")}
          />
        ) : isAny ? (
          <NothingFound address={address} table={t("title")} />
        ) : (
          <EmptyState
            title={t("emptyTitle")}
            action={
              <Link href={explore} prefetch={false} className="btn btn-primary">
                {t("emptyAction")}
              </Link>
            }
          >
            <p>{t("emptyText")}</p>
          </EmptyState>
        )}
        <TablePages address={address} shown={shown} table={t("title")} />
      </section>
    </>
  );
}
