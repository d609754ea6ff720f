import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { IMPORT_COLUMNS } from "@/lib/tracking/own-columns";
import { readImports } from "@/lib/tracking/read-imports";

export const GET = apiRoute({
  summary: "The sheets that the team brought its own history from as a file, the newest first",
  description: ABOUT_CSV,
  permission: "tracking:read",
  response: null,
  file: CSV,
  run: async ({ ctx, call }) =>
    tableFile(call, ["imports", ctx.team.slug], IMPORT_COLUMNS, [(await readImports(ctx)).items]),
});
