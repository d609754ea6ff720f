import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { categoryIdSchema } from "@/lib/insights/schemas";
import { briefNeedsSchema, briefPlaceSchema, fillBriefSchema } from "@/lib/tracking/brief-schemas";
import { fillBrief } from "@/lib/tracking/fill-brief";
import { readBriefNeeds } from "@/lib/tracking/read-brief-needs";
import { runAnswerSchema } from "@/lib/tracking/schemas";

const params = z.object({ id: categoryIdSchema });

export const GET = apiRoute({
  summary: "What the brief of a category lacks, and what that would cost; never spends",
  description:
    "A brief tells of the category in its region, in every other that the team has anything of, and of the last three closed months. What is younger than the team accepts costs nothing.",
  permission: "tracking:read",
  params,
  query: briefPlaceSchema,
  response: briefNeedsSchema,
  run: ({ ctx, params, query }) => readBriefNeeds(ctx, params.id, query),
});

export const POST = apiRoute({
  summary: "Buy what the brief of a category lacks, or ask what that would cost",
  description: "In the job queue: `GET /runs/{id}` tells how it stands. What is fresh is not asked again.",
  permission: "insights:buy",
  spends: true,
  dryRuns: true,
  params,
  body: fillBriefSchema,
  response: runAnswerSchema,
  status: 202,
  run: ({ ctx, params, body, call }) => fillBrief(ctx, params.id, body, call.idempotencyKey),
});
