import { z } from "zod";
import { readAlert } from "@/lib/alerts/read-alerts";
import { alertSchema } from "@/lib/alerts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "One alert: both figures, both moments and their receipts",
  permission: "alerts:read",
  params: z.object({ id: z.uuid() }),
  response: alertSchema,
  run: ({ ctx, params }) => readAlert(ctx, params.id),
});
