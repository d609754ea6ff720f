import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { readCategory } from "@/lib/insights/read-category";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { importedColumns } from "@/lib/tracking/own-columns";
import { readImported } from "@/lib/tracking/read-imported";

export const GET = apiRoute({
  summary: "What the team's own sheets say of a category as a file",
  description: `The days as of \`GET /categories/{id}/history\`, newest first. None of it has a receipt. ${ABOUT_CSV}`,
  permission: "tracking:read",
  params: z.object({ id: categoryIdSchema }),
  query: historyInputSchema,
  response: null,
  file: CSV,
  run: async ({ ctx, params: { id }, query, call }) => {
    const [{ name }, points] = await Promise.all([readCategory(ctx, id), readImported(ctx, id, query)]);
    const columns = importedColumns({ id, name }, query);
    return tableFile(call, ["imported", ctx.team.slug, id, query.region, query.window], columns, [points.toReversed()]);
  },
});
