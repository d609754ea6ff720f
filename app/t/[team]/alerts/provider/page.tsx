import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { allows } from "@/lib/auth/permissions";
import { readBreaks } from "@/lib/insights/read-breaks";
import { BreakTable } from "./break-table";

type Props = { params: Promise<{ team: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("providerChanges"))("title"),
});

export default async function ProviderChangesPage({ params }: Props) {
  const { team: slug } = await params;
  const ctx = await requireTeam(slug, "/alerts/provider");
  const [t, { items }, now, mark] = await Promise.all([
    getTranslations("providerChanges"),
    readBreaks(ctx),
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
        {items.length > 0 ? (
          <>
            <BreakTable
              slug={slug}
              breaks={items}
              canJudge={allows(ctx.member.role, "team:write")}
              now={now}
              timeZone={ctx.team.timeZone}
            />
            <details className="border-line border-t px-3.5 py-2 text-text-2">
              <summary>{t("explainTitle")}</summary>
              <p>{t("explainReal")}</p>
              <p>{t("explainFrom")}</p>
            </details>
          </>
        ) : (
          <EmptyState title={t("emptyTitle")}>
            <p>{t("emptyText")}</p>
          </EmptyState>
        )}
      </section>
    </>
  );
}
