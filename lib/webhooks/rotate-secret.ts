import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { notFound } from "@/lib/platform/errors";
import { openSecrets, sealSecrets } from "./hook-secrets";
import { lockWebhook } from "./internal";
import { newSecret } from "./sign";

const BOTH_SIGN_MS = 24 * 3_600_000;

/**
 * Makes a new secret, which stands in this answer alone. For a day each message is signed with both, so that the receiver
 * can change over at leisure. @throws `not_found`, also for a bot, whose secret is its own
 */
export async function rotateSecret(ctx: TeamContext, id: string): Promise<{ secret: string }> {
  return withTeam(ctx, "webhooks:write", async (tx) => {
    const teamId = ctx.team.id;
    const row = await lockWebhook(tx, ctx, id);
    if (row.format !== "json") throw notFound();
    const { url, secret: old } = openSecrets(teamId, id, row.sealed);
    const secret = newSecret();
    const before = { secret: old, until: new Date(Date.now() + BOTH_SIGN_MS).toISOString() };
    await tx.webhook.update({
      where: { teamId_id: { teamId, id } },
      data: {
        ...sealSecrets(teamId, id, { url, secret, before }),
        updatedAt: await appNow(tx),
      },
    });
    await audit(tx, ctx, "webhook.secret_changed", { webhookId: id, name: row.name });
    return { secret };
  });
}
