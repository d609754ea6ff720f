import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { historyInputSchema, historySchema } from "@/lib/insights/history-schemas";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { categoryIdSchema } from "@/lib/insights/schemas";

export const GET = apiRoute({
  summary: "The stored figures of a category over time, oldest first; never spends",
  description:
    "A point for each moment at which an answer held the category; of several rows of one moment the one of an unfiltered ranking, then the one that stands first. `window=month` joins the calendar months, a point each from its newest answer. `from` and `to` are days of the team's time zone, or months, both included: the last 365 days when left out, 1,100 at most.",
  permission: "insights:read",
  params: z.object({ id: categoryIdSchema }),
  query: historyInputSchema,
  response: historySchema,
  run: ({ ctx, params, query }) => readCategoryHistory(ctx, params.id, query),
});
