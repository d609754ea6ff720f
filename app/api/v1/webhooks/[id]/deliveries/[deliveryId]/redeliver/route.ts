import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { redeliver } from "@/lib/webhooks/redeliver";
import { deliverySchema } from "@/lib/webhooks/schemas";

export const POST = apiRoute({
  summary: "Send a delivery once more, under its own id",
  permission: "webhooks:write",
  params: z.object({ id: z.uuid(), deliveryId: z.uuid() }),
  response: deliverySchema,
  run: ({ ctx, params }) => redeliver(ctx, { webhookId: params.id, deliveryId: params.deliveryId }),
});
