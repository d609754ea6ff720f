import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { watchColumns } from "@/lib/tracking/csv-columns";
import { exportWatchlist } from "@/lib/tracking/export-watchlist";
import { watchViewInputSchema } from "@/lib/tracking/watch-view";

export const GET = apiRoute({
  summary: "A watchlist with its figures through one window, as a file",
  description: `Figures as they are and one whole window before. ${ABOUT_CSV}`,
  permission: "tracking:read",
  params: z.object({ id: z.uuid() }),
  query: watchViewInputSchema.pick({ window: true, tag: true }),
  response: null,
  file: CSV,
  run: async ({ ctx, params, query, call }) => {
    const { list, window, batches } = await exportWatchlist(ctx, params.id, query);
    return tableFile(call, ["watchlist", ctx.team.slug, list.name], watchColumns(window, ctx.team.upstream), batches);
  },
});
