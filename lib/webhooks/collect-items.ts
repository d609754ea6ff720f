import "server-only";
import { asTeam } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/platform/db";
import { doForEach } from "@/lib/platform/do-for-each";
import { sendJob } from "@/lib/platform/queue";

/** A message of more is cut anyway by whoever reads it; the rest goes in the next. */
const MOST_ITEMS = 100;
const TRIED_MS = 24 * 3_600_000;

/** Makes deliveries of what webhooks are due to be told: all of one's in one. @returns how many deliveries */
export async function collectItems(): Promise<{ deliveries: number }> {
  const due = await db().$queryRaw<{ teamId: string; webhookId: string }[]>`
    select team_id as "teamId", webhook_id as "webhookId" from webhooks_due()`;
  let deliveries = 0;
  await doForEach(due, async ({ teamId, webhookId }) => {
    const made = await asTeam(teamId, (tx) => collect(tx, teamId, webhookId));
    deliveries += made;
  });
  return { deliveries };
}

/** Items belong to their delivery from the transaction in which it comes to be: none in two, and none in none. */
async function collect(tx: Tx, teamId: string, webhookId: string): Promise<number> {
  const open = await tx.$queryRaw`
    select 1 from webhook where team_id = ${teamId}::uuid and id = ${webhookId}::uuid and off_reason is null
      and deleted_at is null for update`;
  if ((open as unknown[]).length === 0) return 0;
  const items = await tx.$queryRaw<{ dedupe: string }[]>`
    select dedupe from webhook_item where team_id = ${teamId}::uuid and webhook_id = ${webhookId}::uuid
      and delivery_id is null and due_at <= app_now() order by at, dedupe limit ${MOST_ITEMS}::int`;
  if (items.length === 0) return 0;
  const now = new Date();
  const { id } = await tx.webhookDelivery.create({
    data: {
      teamId,
      webhookId,
      state: "waiting",
      createdAt: now,
      nextTryAt: now,
      triedUntil: new Date(now.getTime() + TRIED_MS),
    },
    select: { id: true },
  });
  await tx.webhookItem.updateMany({
    where: { teamId, webhookId, dedupe: { in: items.map(({ dedupe }) => dedupe) } },
    data: { deliveryId: id },
  });
  await sendJob(tx, "webhook", id, { teamId, id });
  return 1;
}
