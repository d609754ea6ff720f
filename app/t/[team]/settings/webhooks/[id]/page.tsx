import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { PageHeader } from "@/app/_ui/page-header";
import { pageMissing } from "@/app/_ui/page-missing";
import { SaveFoot } from "@/app/_ui/save-table";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { WebhookTable } from "@/app/t/[team]/settings/webhooks/webhook-table";
import { allows } from "@/lib/auth/permissions";
import { readDeliveries } from "@/lib/webhooks/read-deliveries";
import { readWebhook } from "@/lib/webhooks/read-webhooks";
import { deliveriesInputSchema } from "@/lib/webhooks/schemas";
import { DeliveryTable } from "./delivery-table";
import { EditWebhook } from "./edit-webhook";
import { WebhookActions } from "./webhook-actions";

type Props = {
  params: Promise<{ team: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("webhooks"))("one"),
});

export default async function WebhookPage({ params, searchParams }: Props) {
  const [{ team: slug, id: given }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, `/settings/webhooks/${given}`);
  const id = z.uuid().safeParse(given);
  const webhook = id.success ? await readWebhook(ctx, id.data).catch(pageMissing) : notFound();
  // A cursor that somebody cut short is no reason for a broken page: show the newest.
  const asked = deliveriesInputSchema.safeParse({ cursor: address.cursor });
  const [t, { items: deliveries, nextCursor }, now, mark] = await Promise.all([
    getTranslations("webhooks"),
    readDeliveries(ctx, webhook.id, asked.success ? asked.data : {}),
    pageNow(),
    dataMark(ctx),
  ]);
  const { timeZone } = ctx.team;
  const canWrite = allows(ctx.member.role, "webhooks:write");
  const here = `/t/${slug}/settings/webhooks`;
  return (
    <>
      <PageHeader title={t("one")} mark={mark}>
        <Link href={here} prefetch={false} className="btn btn-quiet self-center">
          {t("all")}
        </Link>
      </PageHeader>
      <div className="grid max-w-[52rem] gap-3.5">
        <section className="sheet min-w-0">
          <WebhookTable slug={slug} webhooks={[webhook]} now={now} />
        </section>
        {canWrite && <WebhookActions slug={slug} webhook={webhook} />}
        <section className="sheet min-w-0" aria-labelledby="log">
          <div className="grid gap-1 px-3.5 pt-3 pb-2">
            <h2 id="log">{t("log")}</h2>
            <p className="text-text-2">{t(deliveries.length > 0 ? "logKept" : "logEmpty")}</p>
          </div>
          {deliveries.length > 0 && (
            <DeliveryTable
              slug={slug}
              webhookId={webhook.id}
              deliveries={deliveries}
              now={now}
              timeZone={timeZone}
              canWrite={canWrite}
            />
          )}
          {deliveries.length > 0 && (
            <SaveFoot href={`/api/v1/webhooks/${webhook.id}/deliveries.csv?team=${slug}`} name={t("log")} />
          )}
          {(address.cursor || nextCursor) && (
            <footer className="flex justify-between gap-3 border-line border-t px-3 py-2">
              {address.cursor ? (
                <Link href={`${here}/${webhook.id}`} prefetch={false} className="btn btn-quiet">
                  {t("newest")}
                </Link>
              ) : (
                <span />
              )}
              {nextCursor && (
                <Link href={`${here}/${webhook.id}?cursor=${nextCursor}`} prefetch={false} rel="next" className="btn">
                  {t("older")}
                </Link>
              )}
            </footer>
          )}
        </section>
        {canWrite && (
          <section className="sheet grid gap-3 p-4 sm:p-5" aria-labelledby="edit">
            <h2 id="edit">{t("edit")}</h2>
            <EditWebhook slug={slug} webhook={webhook} timeZone={timeZone} />
          </section>
        )}
        {webhook.format === "json" && (
          <section className="grid max-w-[42rem] gap-1 text-pretty text-text-2" aria-labelledby="secret">
            <h2 id="secret">{t("secretTitle")}</h2>
            <p>{t("secretText")}</p>
          </section>
        )}
      </div>
    </>
  );
}
