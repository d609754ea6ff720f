import { RULE_COLUMNS } from "@/lib/alerts/csv-columns";
import { readRules } from "@/lib/alerts/read-rules";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";

export const GET = apiRoute({
  summary: "Alert rules as a file, newest first",
  description: ABOUT_CSV,
  permission: "alerts:read",
  response: null,
  file: CSV,
  run: async ({ ctx, call }) =>
    tableFile(call, ["alert-rules", ctx.team.slug], RULE_COLUMNS, [(await readRules(ctx)).items]),
});
