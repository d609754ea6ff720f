import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { readReceiptIds } from "@/lib/insights/read-receipt-ids";
import { linesOfMonths, monthColumns } from "@/lib/tracking/csv-columns";
import { readSearchMonths } from "@/lib/tracking/read-search-months";
import { readSearch } from "@/lib/tracking/read-searches";

export const GET = apiRoute({
  summary: "The stored calendar months of a saved search, a line for each category and month, as a file",
  description: ABOUT_CSV,
  permission: "tracking:read",
  params: z.object({ id: z.uuid() }),
  response: null,
  file: CSV,
  run: async ({ ctx, params, call }) => {
    const search = await readSearch(ctx, params.id);
    const lines = linesOfMonths(search, await readSearchMonths(ctx, search));
    const answers = lines.flatMap((line) => ("snapshotId" in line ? line.snapshotId : []));
    const columns = monthColumns(ctx.team.upstream, search, await readReceiptIds(ctx, answers));
    return tableFile(call, ["months", ctx.team.slug, search.name], columns, [lines]);
  },
});
