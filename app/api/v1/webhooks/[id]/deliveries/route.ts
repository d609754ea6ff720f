import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { readDeliveries } from "@/lib/webhooks/read-deliveries";
import { deliveriesInputSchema, deliveryPageSchema } from "@/lib/webhooks/schemas";

export const GET = apiRoute({
  summary: "What was sent to a webhook, newest first, 20 at a time, with each attempt",
  permission: "webhooks:read",
  params: z.object({ id: z.uuid() }),
  query: deliveriesInputSchema,
  response: deliveryPageSchema,
  run: ({ ctx, params, query }) => readDeliveries(ctx, params.id, query),
});
