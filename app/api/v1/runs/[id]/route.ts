import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { readRun } from "@/lib/tracking/read-run";
import { runSchema } from "@/lib/tracking/schemas";

export const GET = apiRoute({
  summary: "How a run stands",
  permission: "insights:read",
  params: z.object({ id: z.uuid() }),
  response: runSchema,
  run: ({ ctx, params }) => readRun(ctx, params.id),
});
