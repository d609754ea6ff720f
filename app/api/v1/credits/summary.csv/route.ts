import { summaryColumns } from "@/lib/credits/csv-columns";
import { readCreditPrice } from "@/lib/credits/read-credit-price";
import { readSummary } from "@/lib/credits/read-summary";
import { summaryInputSchema } from "@/lib/credits/schemas";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";

export const GET = apiRoute({
  summary: "Credits by member, day, purpose or search as a file",
  description: ABOUT_CSV,
  permission: "credits:read",
  query: summaryInputSchema,
  response: null,
  file: CSV,
  run: async ({ ctx, query, call }) => {
    const [summary, price] = await Promise.all([readSummary(ctx, query), readCreditPrice(ctx)]);
    const name = ["credits-by", query.groupBy, ctx.team.slug, summary.from, summary.to];
    return tableFile(call, name, summaryColumns(price), [summary.groups]);
  },
});
