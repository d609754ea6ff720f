import "server-only";
import { audit } from "@/lib/auth/audit";
import { assertAllowed, type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { editedMeanwhile } from "@/lib/platform/errors";
import { openSecrets, sealSecrets } from "./hook-secrets";
import { assertReachable, fetchWebhook, lockWebhook } from "./internal";
import { KEYWORD_BOTS, SIGNED_BOTS, type UpdateWebhookInput, type Webhook, type WebhookFormat } from "./schemas";

/**
 * Changes a webhook. Address and bot's secret stay as they are unless they are given.
 * @throws `not_found`; `invalid_request`; `conflict` (`edited_meanwhile`) when the version named is not the present one
 */
export async function updateWebhook(ctx: TeamContext, id: string, input: UpdateWebhookInput): Promise<Webhook> {
  assertAllowed(ctx, "webhooks:write");
  const newHost = input.url === undefined ? null : await assertReachable(input.url);
  const { url, botSecret, version, keyword, ...rest } = input;
  return withTeam(ctx, "webhooks:write", async (tx) => {
    const teamId = ctx.team.id;
    const row = await lockWebhook(tx, ctx, id);
    if (version !== undefined && version !== row.version) throw editedMeanwhile();
    const format = row.format as WebhookFormat;
    const before = openSecrets(teamId, id, row.sealed);
    const secrets = {
      ...before,
      url: url ?? before.url,
      secret: botSecret !== undefined && SIGNED_BOTS.includes(format) ? botSecret : before.secret,
    };
    await tx.webhook.update({
      where: { teamId_id: { teamId, id } },
      data: {
        ...rest,
        ...sealSecrets(teamId, id, secrets),
        keyword: KEYWORD_BOTS.includes(format) ? keyword : "",
        host: newHost ?? row.host,
        version: { increment: 1 },
        updatedAt: await appNow(tx),
      },
    });
    await audit(tx, ctx, "webhook.changed", { webhookId: id, name: input.name, host: newHost ?? row.host });
    return fetchWebhook(tx, ctx, id);
  });
}
