import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import { invalid, notFound } from "@/lib/platform/errors";
import { findAddresses } from "./find-addresses";
import type { Webhook } from "./schemas";

/** Refuses an address that webhooks may not reach as things are. @throws `invalid_request` at `url` */
export async function assertReachable(url: string): Promise<string> {
  const target = new URL(url);
  const found = await findAddresses(target);
  if ("problem" in found) throw invalid("url", `webhook_${found.problem}`);
  return target.host;
}

type Row = Omit<Webhook, "failingSince" | "lastDeliveredAt"> & {
  failingSince: Date | null;
  lastDeliveredAt: Date | null;
};

/** The team's webhooks by name. */
export async function fetchWebhooks(
  tx: Tx,
  ctx: TeamContext,
  ids: readonly string[] | null = null,
): Promise<Webhook[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select w.id, w.name, w.format, w.language, w.host, w.keyword, w.limits, w.provider, w.reviews, w.timing, w.digest_hour as "digestHour",
      w.digest_weekday as "digestWeekday", w.quiet_from as "quietFrom", w.quiet_to as "quietTo",
      w.off_reason as "offReason", w.failing_since as "failingSince", w.version,
      (select max(a.ended_at) from webhook_delivery d
        join webhook_attempt a on a.team_id = d.team_id and a.delivery_id = d.id and a.ended_at is not null and a.problem is null
        where d.team_id = w.team_id and d.webhook_id = w.id) as "lastDeliveredAt",
      (select count(*)::int from alert_rule_webhook x
        join alert_rule r on r.team_id = x.team_id and r.id = x.rule_id and r.deleted_at is null
        where x.team_id = w.team_id and x.webhook_id = w.id) as rules
    from webhook w
    where w.team_id = ${ctx.team.id}::uuid and w.deleted_at is null
      ${ids === null ? Prisma.empty : Prisma.sql`and w.id = any(${ids}::uuid[])`}
    order by lower(w.name), w.id`;
  return rows.map((row) => ({
    ...row,
    failingSince: row.failingSince?.toISOString() ?? null,
    lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
  }));
}

/** @throws `not_found`, also for a deleted one */
export async function fetchWebhook(tx: Tx, ctx: TeamContext, id: string): Promise<Webhook> {
  const [webhook] = await fetchWebhooks(tx, ctx, [id]);
  if (!webhook) throw notFound();
  return webhook;
}

/** A webhook that is about to change, held until the transaction ends, with what is sealed of it. @throws `not_found` */
export async function lockWebhook(tx: Tx, ctx: TeamContext, id: string) {
  const teamId = ctx.team.id;
  await tx.$executeRaw`select 1 from webhook where team_id = ${teamId}::uuid and id = ${id}::uuid for update`;
  const row = await tx.webhook.findFirst({ where: { teamId, id, deletedAt: null } });
  if (!row?.sealedKeyId || !row.sealedNonce || !row.sealedText) throw notFound();
  const { sealedKeyId: keyId, sealedNonce: nonce, sealedText: ciphertext } = row;
  return { ...row, sealed: { keyId, nonce, ciphertext } };
}

/** Ends what waits for a webhook that is switched off or deleted: what was not told then is not told late. */
export async function dropWaiting(tx: Tx, teamId: string, webhookId: string): Promise<void> {
  await tx.webhookItem.deleteMany({ where: { teamId, webhookId, deliveryId: null } });
  await tx.webhookDelivery.updateMany({
    where: { teamId, webhookId, state: "waiting" },
    data: { state: "failed", leaseUntil: null },
  });
}
