import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { deliverySchema } from "@/lib/webhooks/schemas";
import { testWebhook } from "@/lib/webhooks/test-webhook";

export const POST = apiRoute({
  summary: "Send a greeting to a webhook now, once",
  permission: "webhooks:write",
  params: z.object({ id: z.uuid() }),
  response: deliverySchema,
  run: ({ ctx, params }) => testWebhook(ctx, params.id),
});
