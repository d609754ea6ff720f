import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { TOKEN_COLUMNS } from "@/lib/teams/csv-columns";
import { readTokens } from "@/lib/teams/read-tokens";

export const GET = apiRoute({
  summary: "One's own tokens as a file, and all of the team for owners and admins",
  description: `No token stands in it. ${ABOUT_CSV}`,
  permission: "tokens:read",
  response: null,
  file: CSV,
  run: async ({ ctx, call }) =>
    tableFile(call, ["tokens", ctx.team.slug], TOKEN_COLUMNS, [await readTokens(ctx, null)]),
});
