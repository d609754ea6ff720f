import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { compareInputSchema } from "@/lib/insights/compare-schemas";
import { comparisonColumns, linesOfComparison } from "@/lib/insights/csv-columns";
import { readComparison } from "@/lib/insights/read-comparison";

export const GET = apiRoute({
  summary: "The values of a comparison as a file; never spends",
  description: `What is asked as in \`GET /compare\`, a row for each series and day or month. ${ABOUT_CSV}`,
  permission: "insights:read",
  query: compareInputSchema,
  response: null,
  file: CSV,
  run: async ({ ctx, query, call }) => {
    const comparison = await readComparison(ctx, query);
    const { metric, window, from, to } = comparison;
    const columns = comparisonColumns(comparison, ctx.team.upstream);
    return tableFile(call, ["compare", ctx.team.slug, metric, window, from, to], columns, [
      linesOfComparison(comparison),
    ]);
  },
});
