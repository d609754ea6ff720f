import { readSavings } from "@/lib/credits/read-savings";
import { savingsInputSchema, savingsSchema } from "@/lib/credits/savings-schemas";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "What a credit period was spent on for nothing, and what it would have cost otherwise",
  description: "By default the last whole period. What is counted as what is told on the page of the same name.",
  permission: "credits:read",
  query: savingsInputSchema,
  response: savingsSchema,
  run: ({ ctx, query }) => readSavings(ctx, query),
});
