import { apiRoute } from "@/lib/http/api-route";
import { readRawRetention } from "@/lib/insights/read-raw-retention";
import { rawRetentionInputSchema, rawRetentionSchema } from "@/lib/insights/schemas";

export const GET = apiRoute({
  summary: "What a retention of raw answers would free now; forgets nothing",
  permission: "credits:read",
  query: rawRetentionInputSchema,
  response: rawRetentionSchema,
  run: ({ ctx, query }) => readRawRetention(ctx, query),
});
