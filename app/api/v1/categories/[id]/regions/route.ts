import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { fillRegions } from "@/lib/tracking/fill-regions";
import { fillRegionsSchema } from "@/lib/tracking/regions-schemas";
import { runAnswerSchema } from "@/lib/tracking/schemas";

export const POST = apiRoute({
  summary: "Ask for a category in several regions, or ask what that would cost",
  description:
    "One request for each region, in the job queue: `GET /runs/{id}` tells how it stands. What is fresh costs nothing.",
  permission: "insights:buy",
  spends: true,
  dryRuns: true,
  params: z.object({ id: categoryIdSchema }),
  body: fillRegionsSchema,
  response: runAnswerSchema,
  status: 202,
  run: ({ ctx, params, body, call }) => fillRegions(ctx, params.id, body, call.idempotencyKey),
});
