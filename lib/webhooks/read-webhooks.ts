import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchWebhook, fetchWebhooks } from "./internal";
import type { Webhook } from "./schemas";

/** The team's webhooks by name; of their addresses the host alone. */
export async function readWebhooks(ctx: TeamContext): Promise<{ items: Webhook[] }> {
  return withTeam(ctx, "webhooks:read", async (tx) => ({ items: await fetchWebhooks(tx, ctx) }));
}

/** @throws `not_found` */
export async function readWebhook(ctx: TeamContext, id: string): Promise<Webhook> {
  return withTeam(ctx, "webhooks:read", (tx) => fetchWebhook(tx, ctx, id));
}
