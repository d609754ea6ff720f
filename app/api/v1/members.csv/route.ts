import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { MEMBER_COLUMNS } from "@/lib/teams/csv-columns";
import { readMembers } from "@/lib/teams/read-members";

export const GET = apiRoute({
  summary: "The members of the team and their roles as a file",
  description: ABOUT_CSV,
  permission: "members:read",
  response: null,
  file: CSV,
  run: async ({ ctx, call }) => tableFile(call, ["members", ctx.team.slug], MEMBER_COLUMNS, [await readMembers(ctx)]),
});
