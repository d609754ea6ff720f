import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { rotateSecret } from "@/lib/webhooks/rotate-secret";
import { webhookSecretSchema } from "@/lib/webhooks/schemas";

export const POST = apiRoute({
  summary: "Make a new secret; for a day messages are signed with both",
  permission: "webhooks:write",
  params: z.object({ id: z.uuid() }),
  response: webhookSecretSchema,
  run: ({ ctx, params }) => rotateSecret(ctx, params.id),
});
