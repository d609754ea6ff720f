import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { SEARCH_COLUMNS } from "@/lib/tracking/csv-columns";
import { exportSearches } from "@/lib/tracking/export-searches";

export const GET = apiRoute({
  summary: "The saved searches as a file",
  description: ABOUT_CSV,
  permission: "tracking:read",
  response: null,
  file: CSV,
  run: async ({ ctx, call }) => tableFile(call, ["searches", ctx.team.slug], SEARCH_COLUMNS, exportSearches(ctx)),
});
