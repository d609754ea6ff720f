import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { readWebhooks } from "@/lib/webhooks/read-webhooks";
import { createWebhookSchema, webhookMadeSchema, webhookSchema } from "@/lib/webhooks/schemas";

export const GET = apiRoute({
  summary: "The team's webhooks; of their addresses the host alone",
  permission: "webhooks:read",
  response: z.object({ items: z.array(webhookSchema) }),
  run: ({ ctx }) => readWebhooks(ctx),
});

export const POST = apiRoute({
  summary: "Make a webhook; the answer alone holds its secret",
  description:
    "`json` posts signed JSON as Standard Webhooks says (`webhook-id`, `webhook-timestamp`, `webhook-signature`); the others speak to bots of chats. The address must be public.",
  permission: "webhooks:write",
  body: createWebhookSchema,
  response: webhookMadeSchema,
  status: 201,
  run: ({ ctx, body }) => createWebhook(ctx, body),
});
