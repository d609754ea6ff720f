import { readLimits } from "@/lib/credits/read-limits";
import { limitColumns, limitRows } from "@/lib/credits/savings-columns";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";

export const GET = apiRoute({
  summary: "The limits a month as a file, and what is used of them in the running period",
  description: ABOUT_CSV,
  permission: "credits:read",
  response: null,
  file: CSV,
  run: async ({ ctx, call }) => {
    const limits = await readLimits(ctx);
    return tableFile(call, ["limits", ctx.team.slug, limits.period.from], limitColumns(limits), [limitRows(limits)]);
  },
});
