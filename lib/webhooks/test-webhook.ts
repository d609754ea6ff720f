import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { deliverWebhook } from "./deliver-webhook";
import { fetchDelivery } from "./delivery-rows";
import { fetchWebhook } from "./internal";
import type { Delivery } from "./schemas";

/** Sends a greeting now, once, also to a webhook that is switched off. @returns what came of it @throws `not_found` */
export async function testWebhook(ctx: TeamContext, id: string): Promise<Delivery> {
  const teamId = ctx.team.id;
  const deliveryId = await withTeam(ctx, "webhooks:write", async (tx) => {
    await fetchWebhook(tx, ctx, id);
    const now = new Date();
    const delivery = await tx.webhookDelivery.create({
      data: { teamId, webhookId: id, state: "waiting", createdAt: now, nextTryAt: now, triedUntil: now },
      select: { id: true },
    });
    const at = await appNow(tx);
    await tx.webhookItem.create({
      data: {
        teamId,
        webhookId: id,
        dedupe: `test/${delivery.id}`,
        kind: "test",
        facts: {},
        link: `/settings/webhooks/${id}`,
        at,
        dueAt: at,
        deliveryId: delivery.id,
      },
    });
    return delivery.id;
  });
  await deliverWebhook(teamId, deliveryId, { byHand: true });
  return withTeam(ctx, "webhooks:read", (tx) => fetchDelivery(tx, { teamId, webhookId: id }, deliveryId));
}
