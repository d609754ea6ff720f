import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { SLOT_COLUMNS } from "@/lib/schedules/csv-columns";
import { exportSlots } from "@/lib/schedules/export-slots";

export const GET = apiRoute({
  summary: "What came of each moment of the schedules as a file, newest first",
  description: `\`schedule\` leaves one of them. ${ABOUT_CSV}`,
  permission: "tracking:read",
  query: z.object({ schedule: z.uuid({ error: "schedule_unknown" }).optional() }),
  response: null,
  file: CSV,
  run: ({ ctx, query: { schedule }, call }) =>
    tableFile(call, ["renewals", ctx.team.slug], SLOT_COLUMNS, exportSlots(ctx, schedule)),
});
