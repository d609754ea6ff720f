import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { readSentReview } from "@/lib/reviews/read-reviews";
import { sentReviewSchema, weekSchema } from "@/lib/reviews/schemas";

export const GET = apiRoute({
  summary: "A weekly review that went out, as it was",
  permission: "insights:read",
  params: z.object({ week: weekSchema }),
  response: sentReviewSchema,
  run: ({ ctx, params }) => readSentReview(ctx, params.week),
});
