import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { movementColumns } from "@/lib/tracking/csv-columns";
import { movementsInputSchema } from "@/lib/tracking/movement-schemas";
import { readMovements } from "@/lib/tracking/read-movements";

export const GET = apiRoute({
  summary: "What moved, came or went, as a file",
  description: `Filters as in \`GET /movements\`, most important first. ${ABOUT_CSV}`,
  permission: "tracking:read",
  query: movementsInputSchema,
  response: null,
  file: CSV,
  run: async ({ ctx, query, call }) => {
    const moved = await readMovements(ctx, query);
    const columns = movementColumns(moved, ctx.team.upstream);
    return tableFile(call, ["moved", ctx.team.slug, moved.asOf], columns, [moved.items]);
  },
});
