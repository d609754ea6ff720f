import { alertColumns } from "@/lib/alerts/csv-columns";
import { exportAlerts } from "@/lib/alerts/export-alerts";
import { alertsInputSchema } from "@/lib/alerts/schemas";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";

export const GET = apiRoute({
  summary: "What the team's rules had to tell as a file, newest first",
  description: ABOUT_CSV,
  permission: "alerts:read",
  query: alertsInputSchema.pick({ rule: true }),
  response: null,
  file: CSV,
  run: ({ ctx, query, call }) =>
    tableFile(call, ["alerts", ctx.team.slug], alertColumns(ctx.team.upstream), exportAlerts(ctx, query)),
});
