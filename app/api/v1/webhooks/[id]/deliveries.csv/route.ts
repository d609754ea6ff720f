import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { ABOUT_CSV, CSV, tableFile } from "@/lib/http/table-file";
import { DELIVERY_COLUMNS, exportDeliveries } from "@/lib/webhooks/export-deliveries";

export const GET = apiRoute({
  summary: "What was sent to a webhook as a file, a line for each attempt, newest first",
  description: ABOUT_CSV,
  permission: "webhooks:read",
  params: z.object({ id: z.uuid() }),
  response: null,
  file: CSV,
  run: ({ ctx, params, call }) =>
    tableFile(call, ["deliveries", ctx.team.slug], DELIVERY_COLUMNS, exportDeliveries(ctx, params.id)),
});
