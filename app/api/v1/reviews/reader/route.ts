import { apiRoute } from "@/lib/http/api-route";
import { chooseReview } from "@/lib/reviews/choose-review";
import { readsReviewSchema } from "@/lib/reviews/schemas";

export const PUT = apiRoute({
  summary: "Whether you get the weekly review by mail",
  permission: "notifications:write",
  body: readsReviewSchema,
  response: readsReviewSchema,
  run: ({ ctx, body }) => chooseReview(ctx, body),
});
