import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { LIST_COLUMNS } from "@/lib/tracking/csv-columns";
import { readWatchlists } from "@/lib/tracking/read-watchlists";

export const GET = apiRoute({
  summary: "The watchlists as a file",
  description: ABOUT_CSV,
  permission: "tracking:read",
  response: null,
  file: CSV,
  run: async ({ ctx, call }) =>
    tableFile(call, ["watchlists", ctx.team.slug], LIST_COLUMNS, [(await readWatchlists(ctx)).items]),
});
