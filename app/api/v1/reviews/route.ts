import { apiRoute } from "@/lib/http/api-route";
import { readReviews } from "@/lib/reviews/read-reviews";
import { reviewsSchema } from "@/lib/reviews/schemas";

export const GET = apiRoute({
  summary: "The coming weekly review as it would read now, and those that went out",
  permission: "insights:read",
  response: reviewsSchema,
  run: ({ ctx }) => readReviews(ctx),
});
