import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { changeColumns, linesOfChanges } from "@/lib/tracking/csv-columns";
import { readChanges } from "@/lib/tracking/read-changes";
import { readSearch } from "@/lib/tracking/read-searches";
import { changesInputSchema } from "@/lib/tracking/schemas";

export const GET = apiRoute({
  summary: "What changed in a saved search between two of its runs, as a file",
  description: `A line for each category and figure. ${ABOUT_CSV}`,
  permission: "tracking:read",
  params: z.object({ id: z.uuid() }),
  query: changesInputSchema,
  response: null,
  file: CSV,
  run: async ({ ctx, params, query, call }) => {
    const [changes, search] = await Promise.all([readChanges(ctx, params.id, query), readSearch(ctx, params.id)]);
    const columns = changeColumns(changes, { source: ctx.team.upstream, ...search });
    const lines = linesOfChanges(changes.comparison?.changes ?? []);
    return tableFile(call, ["changes", ctx.team.slug], columns, [lines]);
  },
});
