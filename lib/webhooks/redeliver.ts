import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { deliverWebhook } from "./deliver-webhook";
import { fetchDelivery } from "./delivery-rows";
import { fetchWebhook } from "./internal";
import type { Delivery } from "./schemas";

/**
 * Sends a delivery once more, now, under its own id: a receiver knows that it is the same. One that waits for its next
 * try keeps its further tries. @returns what came of it @throws `not_found`
 */
export async function redeliver(ctx: TeamContext, of: { webhookId: string; deliveryId: string }): Promise<Delivery> {
  const teamId = ctx.team.id;
  const { webhookId, deliveryId } = of;
  await withTeam(ctx, "webhooks:write", async (tx) => {
    const { name } = await fetchWebhook(tx, ctx, webhookId);
    await fetchDelivery(tx, { teamId, webhookId }, deliveryId);
    const now = new Date();
    const where = { teamId, webhookId, id: deliveryId };
    await tx.webhookDelivery.updateMany({ where: { ...where, state: "waiting" }, data: { nextTryAt: now } });
    await tx.webhookDelivery.updateMany({
      where: { ...where, state: { not: "waiting" } },
      data: { state: "waiting", nextTryAt: now, triedUntil: now },
    });
    await audit(tx, ctx, "webhook.redelivered", { webhookId, name });
  });
  await deliverWebhook(teamId, deliveryId, { byHand: true });
  return withTeam(ctx, "webhooks:read", (tx) => fetchDelivery(tx, { teamId, webhookId }, deliveryId));
}
