import { apiRoute } from "@/lib/http/api-route";
import { compareInputSchema, comparisonSchema } from "@/lib/insights/compare-schemas";
import { readComparison } from "@/lib/insights/read-comparison";

export const GET = apiRoute({
  summary: "One figure of several categories in a region, or of one category over regions, side by side; never spends",
  description:
    "`categories` and `regions` are lists with commas, up to five of one and one of the other. A point for each day of the team's time zone, from its newest answer; `window=month` joins the calendar months. `index` is per cent of the value at `base`, the first day or month at which every series that has values has one above 0; where there is none, each series has a base of its own. A rank and the provider's own change have no index.",
  permission: "insights:read",
  query: compareInputSchema,
  response: comparisonSchema,
  run: ({ ctx, query }) => readComparison(ctx, query),
});
