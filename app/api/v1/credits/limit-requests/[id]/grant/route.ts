import { z } from "zod";
import { grantMore } from "@/lib/credits/grant-more";
import { grantMoreSchema, limitAskSchema } from "@/lib/credits/limit-schemas";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Raise the asking member’s limit for the running period alone",
  permission: "limits:write",
  params: z.object({ id: z.uuid() }),
  body: grantMoreSchema,
  response: limitAskSchema,
  errors: ["conflict"],
  run: ({ ctx, params, body }) => grantMore(ctx, params.id, body),
});
