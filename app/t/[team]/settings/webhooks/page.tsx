import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows } from "@/lib/auth/permissions";
import { readWebhooks } from "@/lib/webhooks/read-webhooks";
import { NewWebhook } from "./new-webhook";
import { WebhookTable } from "./webhook-table";

type Props = { params: Promise<{ team: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("webhooks"))("title"),
});

export default async function WebhooksPage({ params }: Props) {
  const { team: slug } = await params;
  const ctx = await requireTeam(slug, "/settings/webhooks");
  const [t, language, { items: webhooks }, now, mark] = await Promise.all([
    getTranslations("webhooks"),
    getLocale(),
    readWebhooks(ctx),
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
          {webhooks.length > 0 ? (
            <WebhookTable slug={slug} webhooks={webhooks} now={now} />
          ) : (
            <EmptyState title={t("emptyTitle")}>
              <p>{t("emptyText")}</p>
            </EmptyState>
          )}
        </section>
        {canWrite && <NewWebhook slug={slug} language={language} timeZone={ctx.team.timeZone} />}
      </div>
    </>
  );
}
