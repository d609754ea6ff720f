import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { runSchema } from "@/lib/tracking/schemas";
import { stopRun } from "@/lib/tracking/stop-run";

export const POST = apiRoute({
  summary: "Stop a run before its next request",
  permission: "insights:buy",
  params: z.object({ id: z.uuid() }),
  response: runSchema,
  run: ({ ctx, params }) => stopRun(ctx, params.id),
});
