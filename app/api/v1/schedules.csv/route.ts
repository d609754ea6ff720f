import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { SCHEDULE_COLUMNS } from "@/lib/schedules/csv-columns";
import { readSchedules } from "@/lib/schedules/read-schedules";

export const GET = apiRoute({
  summary: "Schedules as a file, the next to come first",
  description: ABOUT_CSV,
  permission: "tracking:read",
  response: null,
  file: CSV,
  run: async ({ ctx, call }) =>
    tableFile(call, ["schedules", ctx.team.slug], SCHEDULE_COLUMNS, [(await readSchedules(ctx)).items]),
});
