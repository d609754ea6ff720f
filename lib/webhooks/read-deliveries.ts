import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { fetchDeliveries } from "./delivery-rows";
import { fetchWebhook } from "./internal";
import type { DeliveriesInput, DeliveryPage } from "./schemas";

const PAGE = 20;

/** What was sent to a webhook, newest first, 20 at a time, with each attempt. @throws `not_found` */
export async function readDeliveries(ctx: TeamContext, id: string, input: DeliveriesInput): Promise<DeliveryPage> {
  return withTeam(ctx, "webhooks:read", async (tx) => {
    await fetchWebhook(tx, ctx, id);
    const below = input.cursor
      ? Prisma.sql`and (d.created_at, d.id) < (select c.created_at, c.id from webhook_delivery c
          where c.team_id = d.team_id and c.id = ${input.cursor}::uuid)`
      : Prisma.empty;
    const items = await fetchDeliveries(tx, { teamId: ctx.team.id, webhookId: id }, below, PAGE + 1);
    const page = items.slice(0, PAGE);
    return { items: page, nextCursor: items.length > PAGE ? (page.at(-1)?.id ?? null) : null };
  });
}
