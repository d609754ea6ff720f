import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { readCategoryNames } from "@/lib/insights/read-category-names";
import { NAME_COLUMNS } from "@/lib/tracking/csv-columns";

export const GET = apiRoute({
  summary: "The team's own names of categories as a file",
  description: ABOUT_CSV,
  permission: "tracking:read",
  response: null,
  file: CSV,
  run: async ({ ctx, call }) =>
    tableFile(call, ["names", ctx.team.slug], NAME_COLUMNS, [(await readCategoryNames(ctx)).items]),
});
