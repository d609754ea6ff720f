import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { COMPARED } from "@/lib/insights/compare-schemas";
import { linesOfRegions, regionColumns } from "@/lib/insights/csv-columns";
import { readCategory } from "@/lib/insights/read-category";
import { readRegions } from "@/lib/insights/read-regions";
import { categoryIdSchema, windowSchema } from "@/lib/insights/schemas";

export const GET = apiRoute({
  summary: "One figure of a category in every region that the team has anything of, as a file; never spends",
  description: `The newest value and the one a whole window earlier; a region that nothing of the category is stored of has none. ${ABOUT_CSV}`,
  permission: "insights:read",
  params: z.object({ id: categoryIdSchema }),
  query: z.object({
    window: windowSchema,
    metric: z.enum(COMPARED, { error: "compare_metric_unknown" }).default("posts"),
  }),
  response: null,
  file: CSV,
  run: async ({ ctx, params: { id }, query, call }) => {
    const [{ name }, found] = await Promise.all([readCategory(ctx, id), readRegions(ctx, id, query)]);
    const columns = regionColumns({ id, name }, query, ctx.team.upstream);
    return tableFile(call, ["regions", ctx.team.slug, id, query.window, query.metric], columns, [
      linesOfRegions(found),
    ]);
  },
});
