import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { dropWaiting, lockWebhook } from "./internal";

/** Deletes a webhook and forgets its address and secrets, for good; rules that told it tell their members alone. @throws `not_found` */
export async function deleteWebhook(ctx: TeamContext, id: string): Promise<void> {
  await withTeam(ctx, "webhooks:write", async (tx) => {
    const teamId = ctx.team.id;
    const { name, host } = await lockWebhook(tx, ctx, id);
    await dropWaiting(tx, teamId, id);
    await tx.alertRuleWebhook.deleteMany({ where: { teamId, webhookId: id } });
    await tx.webhook.update({
      where: { teamId_id: { teamId, id } },
      data: { deletedAt: await appNow(tx), sealedKeyId: null, sealedNonce: null, sealedText: null },
    });
    await audit(tx, ctx, "webhook.deleted", { webhookId: id, name, host });
  });
}
