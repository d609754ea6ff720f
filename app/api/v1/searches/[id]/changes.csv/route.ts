import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, csvFile } from "@/lib/http/csv-file";
import { changeColumns, linesOfChanges } from "@/lib/tracking/csv-columns";
import { readChanges } from "@/lib/tracking/read-changes";
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
    const { before, after, comparison } = await readChanges(ctx, params.id, query);
    const lines = linesOfChanges(comparison?.changes ?? []);
    return csvFile(call.locale, ["changes", ctx.team.slug], changeColumns(before, after), [lines]);
  },
});
