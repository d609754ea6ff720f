import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { SaveTable } from "@/app/_ui/save-table";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { readSearches } from "@/lib/tracking/read-searches";
import { SearchTable } from "./search-table";

type Props = { params: Promise<{ team: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("searches"))("title"),
});

export default async function SearchesPage({ params }: Props) {
  const { team: slug } = await params;
  const ctx = await requireTeam(slug, "/searches");
  const [t, { items }, now, mark] = await Promise.all([
    getTranslations("searches"),
    readSearches(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const explore = `/t/${slug}/explore`;
  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark}>
        {items.length > 0 && (
          <SaveTable
            href={`/api/v1/searches.csv?team=${slug}`}
            label={t("csv")}
            className="btn btn-quiet self-center"
          />
        )}
        {items.length > 0 && (
          <Link href={explore} prefetch={false} className="btn self-center">
            {t("new")}
          </Link>
        )}
      </PageHeader>
      <section className="sheet min-w-0">
        {items.length > 0 ? (
          <SearchTable
            items={items}
            slug={slug}
            now={now}
            timeZone={ctx.team.timeZone}
            canSpend={allows(ctx.member.role, "insights:buy")}
          />
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
      </section>
    </>
  );
}
