import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows } from "@/lib/auth/permissions";
import { readWebhooksPage } from "@/lib/webhooks/read-webhooks";
import { NewWebhook } from "./new-webhook";
import { WebhookTable } from "./webhook-table";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("webhooks"))("title"),
});

export default async function WebhooksPage({ params, searchParams }: Props) {
  const [{ team: slug }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/settings/webhooks");
  const address = tableAddress(`/t/${slug}/settings/webhooks`, given);
  const [t, language, shown, now, mark] = await Promise.all([
    getTranslations("webhooks"),
    getLocale(),
    readWebhooksPage(ctx, address.look),
    pageNow(),
    dataMark(ctx),
  ]);
  const canWrite = allows(ctx.member.role, "webhooks:write");
  return (
    <>
      <SettingsHeader slug={slug} mark={mark} />
      <div className="grid max-w-[52rem] gap-3.5">
        <div className="grid max-w-[42rem] gap-1 text-pretty text-text-2">
          <p>{t("lead")}</p>
          {!canWrite && <p>{t("leadReader")}</p>}
        </div>
        <section className="sheet min-w-0">
          <TableFind address={address} shown={shown} table={t("title")} />
          {shown.total > 0 ? (
            <WebhookTable slug={slug} webhooks={shown.items} now={now} />
          ) : address.look.q !== "" ? (
            <NothingFound address={address} table={t("title")} />
          ) : (
            <EmptyState title={t("emptyTitle")}>
              <p>{t("emptyText")}</p>
            </EmptyState>
          )}
          <TablePages address={address} shown={shown} table={t("title")} />
        </section>
        {canWrite && <NewWebhook slug={slug} language={language} timeZone={ctx.team.timeZone} />}
      </div>
    </>
  );
}
