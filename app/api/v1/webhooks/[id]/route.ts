import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { deleteWebhook } from "@/lib/webhooks/delete-webhook";
import { readWebhook } from "@/lib/webhooks/read-webhooks";
import { updateWebhookSchema, webhookSchema } from "@/lib/webhooks/schemas";
import { updateWebhook } from "@/lib/webhooks/update-webhook";

const params = z.object({ id: z.uuid() });

export const GET = apiRoute({
  summary: "A webhook",
  permission: "webhooks:read",
  params,
  response: webhookSchema,
  run: ({ ctx, params }) => readWebhook(ctx, params.id),
});

export const PUT = apiRoute({
  summary: "Change a webhook",
  description: "`url` and `botSecret` stay as they are when they are left out.",
  permission: "webhooks:write",
  params,
  body: updateWebhookSchema,
  response: webhookSchema,
  errors: ["conflict"],
  run: ({ ctx, params, body }) => updateWebhook(ctx, params.id, body),
});

export const DELETE = apiRoute({
  summary: "Delete a webhook and forget its address and secrets",
  permission: "webhooks:write",
  params,
  response: null,
  run: ({ ctx, params }) => deleteWebhook(ctx, params.id),
});
