import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { runSearch } from "@/lib/tracking/run-search";
import { runAnswerSchema, runOrderSchema } from "@/lib/tracking/schemas";

export const POST = apiRoute({
  summary: "Run a saved search, or ask what that would cost",
  description: "Only pages that are not fresh are bought, in the job queue: `GET /runs/{id}` tells how it stands.",
  permission: "insights:buy",
  spends: true,
  dryRuns: true,
  params: z.object({ id: z.uuid() }),
  body: runOrderSchema,
  response: runAnswerSchema,
  status: 202,
  run: ({ ctx, params, body, call }) => runSearch(ctx, params.id, body, call.idempotencyKey),
});
