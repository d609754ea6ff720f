import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { SaveTable } from "@/app/_ui/save-table";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows } from "@/lib/auth/permissions";
import { readTokens } from "@/lib/teams/read-tokens";
import { NewToken } from "./new-token";
import { TokenTable } from "./token-table";

type Props = { params: Promise<{ team: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("tokens"))("title"),
});

export default async function TokensPage({ params }: Props) {
  const { team: slug } = await params;
  const ctx = await requireTeam(slug, "/settings/tokens");
  const [t, tokens, now, mark] = await Promise.all([
    getTranslations("tokens"),
    readTokens(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const { role } = ctx.member;
  const managesAll = allows(role, "tokens:manage");
  return (
    <>
      <SettingsHeader slug={slug} mark={mark} />
      <div className="grid max-w-[52rem] gap-3.5">
        <p className="max-w-[42rem] text-pretty text-text-2">
          {t(managesAll ? "leadAll" : "lead")}{" "}
          <Link href="/help/api" prefetch={false} className="link">
            {t("help")}
          </Link>
        </p>
        <NewToken slug={slug} maySpend={allows(role, "insights:buy")} />
        {tokens.length > 0 ? (
          <>
            <TokenTable tokens={tokens} slug={slug} withMembers={managesAll} now={now} timeZone={ctx.team.timeZone} />
            <p className="-mt-2 flex flex-wrap justify-end">
              <SaveTable href={`/api/v1/tokens.csv?team=${slug}`} name={t("title")} />
            </p>
          </>
        ) : (
          <section className="sheet">
            <EmptyState title={t("emptyTitle")}>
              <p>{t("emptyText")}</p>
            </EmptyState>
          </section>
        )}
      </div>
    </>
  );
}
