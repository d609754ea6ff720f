import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { audit } from "@/lib/auth/audit";
import { assertAllowed, type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import { invalid } from "@/lib/platform/errors";
import { sealSecrets } from "./hook-secrets";
import { assertReachable, fetchWebhook } from "./internal";
import { type CreateWebhookInput, KEYWORD_BOTS, SIGNED_BOTS, type webhookMadeSchema } from "./schemas";
import { newSecret } from "./sign";

const MOST = 20;

/**
 * Makes a webhook. The secret that signs for a program is in this answer and nowhere else; address and secrets are kept
 * sealed. @throws `invalid_request` for an address that webhooks may not reach, and for one webhook too many
 */
export async function createWebhook(
  ctx: TeamContext,
  input: CreateWebhookInput,
): Promise<z.output<typeof webhookMadeSchema>> {
  assertAllowed(ctx, "webhooks:write");
  const host = await assertReachable(input.url);
  const { url, botSecret, format, keyword, ...rest } = input;
  const secret = format === "json" ? newSecret() : SIGNED_BOTS.includes(format) ? botSecret : "";
  return withTeam(ctx, "webhooks:write", async (tx) => {
    const teamId = ctx.team.id;
    if ((await tx.webhook.count({ where: { teamId, deletedAt: null } })) >= MOST) throw invalid("name", "webhook_many");
    const id = randomUUID();
    const now = await appNow(tx);
    await tx.webhook.create({
      data: {
        ...rest,
        ...sealSecrets(teamId, id, { url, secret }),
        teamId,
        id,
        format,
        host,
        keyword: KEYWORD_BOTS.includes(format) ? keyword : "",
        createdAt: now,
        updatedAt: now,
      },
    });
    await audit(tx, ctx, "webhook.created", { webhookId: id, name: input.name, format, host });
    return { ...(await fetchWebhook(tx, ctx, id)), secret: format === "json" ? secret : null };
  });
}
