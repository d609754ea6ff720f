import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { SaveTable } from "@/app/_ui/save-table";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows } from "@/lib/auth/permissions";
import { readTokensPage } from "@/lib/teams/read-tokens";
import { NewToken } from "./new-token";
import { TokenTable } from "./token-table";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("tokens"))("title"),
});

export default async function TokensPage({ params, searchParams }: Props) {
  const [{ team: slug }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/settings/tokens");
  const address = tableAddress(`/t/${slug}/settings/tokens`, given);
  const [t, shown, now, mark] = await Promise.all([
    getTranslations("tokens"),
    readTokensPage(ctx, address.look),
    pageNow(),
    dataMark(ctx),
  ]);
  const { role } = ctx.member;
  const isAny = shown.total > 0 || address.look.q !== "";
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
        {isAny ? (
          <>
            <section className="sheet min-w-0">
              <TableFind address={address} shown={shown} table={t("title")} />
              {shown.total > 0 ? (
                <TokenTable
                  tokens={shown.items}
                  slug={slug}
                  withMembers={managesAll}
                  now={now}
                  timeZone={ctx.team.timeZone}
                />
              ) : (
                <NothingFound address={address} table={t("title")} />
              )}
              <TablePages address={address} shown={shown} table={t("title")} />
            </section>
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
