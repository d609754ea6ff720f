import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { switchWebhookSchema, webhookSchema } from "@/lib/webhooks/schemas";
import { switchWebhook } from "@/lib/webhooks/switch-webhook";

export const PUT = apiRoute({
  summary: "Switch a webhook off, or on again",
  permission: "webhooks:write",
  params: z.object({ id: z.uuid() }),
  body: switchWebhookSchema,
  response: webhookSchema,
  run: ({ ctx, params, body }) => switchWebhook(ctx, params.id, body),
});
