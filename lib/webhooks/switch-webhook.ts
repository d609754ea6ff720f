import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { dropWaiting, fetchWebhook, lockWebhook } from "./internal";
import type { SwitchWebhookInput, Webhook } from "./schemas";

/**
 * Switches a webhook off, so that it is told nothing and what waits for it is dropped; or on again, with its failures
 * forgotten. @throws `not_found`
 */
export async function switchWebhook(ctx: TeamContext, id: string, { on }: SwitchWebhookInput): Promise<Webhook> {
  return withTeam(ctx, "webhooks:write", async (tx) => {
    const teamId = ctx.team.id;
    const { name, offReason } = await lockWebhook(tx, ctx, id);
    if (on !== (offReason === null)) {
      if (!on) await dropWaiting(tx, teamId, id);
      await tx.webhook.update({
        where: { teamId_id: { teamId, id } },
        data: on ? { offReason: null, failingSince: null } : { offReason: "by_hand" },
      });
      await audit(tx, ctx, on ? "webhook.switched_on" : "webhook.switched_off", { webhookId: id, name });
    }
    return fetchWebhook(tx, ctx, id);
  });
}
