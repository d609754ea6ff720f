import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { sheetColumns } from "@/lib/tracking/own-columns";
import { readImportPoints } from "@/lib/tracking/read-import-points";

export const GET = apiRoute({
  summary: "All that one of the team's own sheets says, as it was understood, as a file",
  description: `Oldest first. None of it has a receipt. ${ABOUT_CSV}`,
  permission: "tracking:read",
  params: z.object({ id: z.uuid() }),
  response: null,
  file: CSV,
  run: async ({ ctx, params: { id }, call }) => {
    const sheet = await readImportPoints(ctx, id);
    return tableFile(call, ["import", ctx.team.slug, sheet.name], sheetColumns(sheet), [sheet.items]);
  },
});
