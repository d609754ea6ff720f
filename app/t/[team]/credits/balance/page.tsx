import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { Notice } from "@/app/_ui/notice";
import { PageHeader } from "@/app/_ui/page-header";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { CreditsNav } from "@/app/t/[team]/credits/credits-nav";
import { allows } from "@/lib/auth/permissions";
import { countUnsettled } from "@/lib/credits/count-unsettled";
import { readReconciliation } from "@/lib/credits/read-reconciliation";
import { BalanceForm } from "./balance-form";
import { BalanceHistory } from "./balance-history";
import { BalanceNowCard } from "./balance-now-card";
import { Suggestion, suggestedIds } from "./suggestion";

const MOST_SUGGESTIONS = 3;

type Props = { params: Promise<{ team: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("balance"))("title"),
});

export default async function BalancePage({ params }: Props) {
  const { team: slug } = await params;
  const ctx = await requireTeam(slug, "/credits/balance");
  const [t, credits, books, toConfirm, now, mark] = await Promise.all([
    getTranslations("balance"),
    getTranslations("credits"),
    readReconciliation(ctx),
    countUnsettled(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const { timeZone } = ctx.team;
  const mayWrite = allows(ctx.member.role, "credits:settle");
  // The newest statement of the key in use, and older ones that still say what to settle.
  const telling = books.entries
    .filter(({ kind, key }) => kind === "stated" && key.id === books.key?.id)
    .filter(({ finding }, index) => finding && (index === 0 || suggestedIds(finding).length > 0))
    .slice(0, MOST_SUGGESTIONS);

  return (
    <>
      <PageHeader title={credits("title")} mark={mark} />
      <CreditsNav slug={slug} toConfirm={toConfirm} />
      <p className="mb-3.5 max-w-[46rem] text-pretty text-text-2">{t("lead")}</p>
      {books.key === null ? (
        <Notice tone="plain" className="mb-3.5 max-w-[46rem]">
          <p>
            {t("noKey")}{" "}
            <Link href={`/t/${slug}/settings/key`} prefetch={false} className="underline underline-offset-2">
              {t("noKeyNext")}
            </Link>
          </p>
        </Notice>
      ) : (
        <div className="mb-3.5 grid items-start gap-3.5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <div className="grid gap-3.5">
            <BalanceNowCard books={books} now={now} timeZone={timeZone} />
            {telling.map(
              ({ id, finding, at }) =>
                finding && (
                  <Suggestion
                    key={id}
                    slug={slug}
                    finding={finding}
                    statedAt={at}
                    now={now}
                    timeZone={timeZone}
                    maySettle={mayWrite}
                  />
                ),
            )}
          </div>
          {mayWrite ? (
            <section className="sheet grid gap-5 p-4 sm:grid-cols-2 lg:grid-cols-1 xl:grid-cols-2">
              <BalanceForm slug={slug} kind="stated" />
              <BalanceForm slug={slug} kind="top_up" />
            </section>
          ) : (
            <Notice tone="plain">
              <p>{t("readOnly")}</p>
            </Notice>
          )}
        </div>
      )}
      <section className="sheet min-w-0">
        <h2 className="px-3.5 pt-3 pb-1">{t("history")}</h2>
        {books.entries.length > 0 ? (
          <BalanceHistory slug={slug} entries={books.entries} now={now} timeZone={timeZone} />
        ) : (
          <EmptyState title={t("emptyTitle")}>
            <p>{t("emptyText")}</p>
          </EmptyState>
        )}
      </section>
    </>
  );
}
