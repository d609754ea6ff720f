import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { categoryIdSchema, regionSchema } from "@/lib/insights/schemas";
import { backfillCategory } from "@/lib/tracking/backfill";
import { backfillCategorySchema, backfillSchema } from "@/lib/tracking/backfill-schemas";
import { readCategoryBackfill } from "@/lib/tracking/read-backfill";
import { runAnswerSchema } from "@/lib/tracking/schemas";

const params = z.object({ id: categoryIdSchema });

export const GET = apiRoute({
  summary: "What is stored of a category's past by calendar months, and what each would cost; never spends",
  permission: "tracking:read",
  params,
  query: z.object({ region: regionSchema }),
  response: backfillSchema,
  run: ({ ctx, params, query }) => readCategoryBackfill(ctx, params.id, query.region),
});

export const POST = apiRoute({
  summary: "Buy the last calendar months of a category, or ask what that would cost",
  description:
    "Newest first, in the job queue: `GET /runs/{id}` tells how it stands. A closed month is never bought again; the first month that the provider has nothing of ends the run.",
  permission: "insights:buy",
  spends: true,
  dryRuns: true,
  params,
  body: backfillCategorySchema,
  response: runAnswerSchema,
  status: 202,
  run: ({ ctx, params, body, call }) => backfillCategory(ctx, params.id, body, call.idempotencyKey),
});
