import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { tilesOf } from "@/lib/insights/category-tiles";
import { tileColumns } from "@/lib/insights/csv-columns";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { readCategory } from "@/lib/insights/read-category";
import { readCategoryNow } from "@/lib/insights/read-category-now";
import { categoryIdSchema } from "@/lib/insights/schemas";

export const GET = apiRoute({
  summary:
    "The newest stored figures of a category as a file, each with its change and its place among its peers; never spends",
  description: `A line for each figure. With \`window=month\` all of it is of the newest stored month. ${ABOUT_CSV}`,
  permission: "insights:read",
  params: z.object({ id: categoryIdSchema }),
  query: historyInputSchema.pick({ region: true, window: true }),
  response: null,
  file: CSV,
  run: async ({ ctx, params: { id }, query, call }) => {
    const [{ name }, now] = await Promise.all([readCategory(ctx, id), readCategoryNow(ctx, id, query)]);
    const columns = tileColumns({ id, name }, now, { source: ctx.team.upstream, region: query.region });
    const lines = now.current ? tilesOf(now) : [];
    return tableFile(call, ["figures", ctx.team.slug, id, query.region, query.window], columns, [lines]);
  },
});
