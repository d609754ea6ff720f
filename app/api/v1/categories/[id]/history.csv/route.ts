import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { historyColumns } from "@/lib/insights/csv-columns";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { readCategory } from "@/lib/insights/read-category";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { categoryIdSchema } from "@/lib/insights/schemas";

export const GET = apiRoute({
  summary: "The stored figures of a category over time as a file; never spends",
  description: `What is asked as in \`GET /categories/{id}/history\`, newest first. ${ABOUT_CSV}`,
  permission: "insights:read",
  params: z.object({ id: categoryIdSchema }),
  query: historyInputSchema,
  response: null,
  file: CSV,
  run: async ({ ctx, params: { id }, query, call }) => {
    const [{ name }, history] = await Promise.all([readCategory(ctx, id), readCategoryHistory(ctx, id, query)]);
    const { region, window, from, to, points } = history;
    const columns = historyColumns({ id, name }, { source: ctx.team.upstream, region });
    return tableFile(call, ["category", ctx.team.slug, id, region, window, from, to], columns, [points.toReversed()]);
  },
});
