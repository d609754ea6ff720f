import "server-only";
import { Prisma, type Tx } from "@/lib/platform/db";
import { notFound } from "@/lib/platform/errors";
import type { Delivery } from "./schemas";

type Row = Omit<Delivery, "createdAt" | "nextTryAt"> & { createdAt: Date; nextTryAt: Date | null };

/** A webhook's deliveries with their attempts, newest first. */
export async function fetchDeliveries(
  tx: Tx,
  { teamId, webhookId }: { teamId: string; webhookId: string },
  where: Prisma.Sql,
  most: number,
): Promise<Delivery[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select d.id, d.created_at as "createdAt", d.state, case when d.state = 'waiting' then d.next_try_at end as "nextTryAt",
      coalesce(i.kinds, '{}') as kinds, coalesce(i.items, 0) as items, coalesce(a.attempts, '[]') as attempts
    from (select * from webhook_delivery d
        where d.team_id = ${teamId}::uuid and d.webhook_id = ${webhookId}::uuid ${where}
        order by d.created_at desc, d.id desc limit ${most}) d
      left join lateral (select array_agg(distinct i.kind order by i.kind) as kinds, count(*)::int as items from webhook_item i
        where i.team_id = d.team_id and i.delivery_id = d.id) i on true
      left join lateral (select jsonb_agg(jsonb_build_object('number', a.number,
          'startedAt', to_char(a.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'byHand', a.by_hand,
          'status', a.status, 'latencyMs', a.latency_ms, 'answer', a.answer,
          -- Without an end, and with nobody at it any more: nobody knows.
          'problem', case when a.ended_at is null and (d.lease_until is null or d.lease_until < clock_timestamp())
            then 'unknown' else a.problem end) order by a.number desc) as attempts
        from webhook_attempt a where a.team_id = d.team_id and a.delivery_id = d.id) a on true
    order by d.created_at desc, d.id desc`;
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
  }));
}

/** @throws `not_found` */
export async function fetchDelivery(tx: Tx, of: { teamId: string; webhookId: string }, id: string): Promise<Delivery> {
  const [delivery] = await fetchDeliveries(tx, of, Prisma.sql`and d.id = ${id}::uuid`, 1);
  if (!delivery) throw notFound();
  return delivery;
}
