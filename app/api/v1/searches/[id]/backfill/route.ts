import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { backfillSearch } from "@/lib/tracking/backfill";
import { backfillOrderSchema, backfillSchema } from "@/lib/tracking/backfill-schemas";
import { readSearchBackfill } from "@/lib/tracking/read-backfill";
import { runAnswerSchema } from "@/lib/tracking/schemas";

const params = z.object({ id: z.uuid() });

export const GET = apiRoute({
  summary: "What is stored of a saved search's past by calendar months, and what each would cost; never spends",
  permission: "tracking:read",
  params,
  response: backfillSchema,
  run: ({ ctx, params }) => readSearchBackfill(ctx, params.id),
});

export const POST = apiRoute({
  summary: "Buy the last calendar months of a saved search, page by page, or ask what that would cost",
  description:
    "Newest first, in the job queue: `GET /runs/{id}` tells how it stands. A closed month is never bought again; the first month that the provider has nothing of ends the run.",
  permission: "insights:buy",
  spends: true,
  dryRuns: true,
  params,
  body: backfillOrderSchema,
  response: runAnswerSchema,
  status: 202,
  run: ({ ctx, params, body, call }) => backfillSearch(ctx, params.id, body, call.idempotencyKey),
});
