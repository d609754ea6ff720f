import { readSummary } from "@/lib/credits/read-summary";
import { summaryInputSchema, summarySchema } from "@/lib/credits/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "Credits spent, held and left, by member, day, purpose or search",
  permission: "credits:read",
  query: summaryInputSchema,
  response: summarySchema,
  run: ({ ctx, query }) => readSummary(ctx, query),
});
