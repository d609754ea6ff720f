import { apiRoute } from "@/lib/http/api-route";
import { markReviewed } from "@/lib/tracking/mark-reviewed";
import { markReviewedSchema, movementReviewSchema } from "@/lib/tracking/movement-schemas";

export const POST = apiRoute({
  summary: "Mark what moved as reviewed, for the calling member alone",
  description:
    "With `seenAt` of `GET /movements`, what came after that was read is still to be seen. The newest mark of a scope counts, so two tabs never undo one another.",
  permission: "reviews:write",
  body: markReviewedSchema,
  response: movementReviewSchema,
  status: 201,
  errors: ["not_found", "key_missing"],
  run: ({ ctx, body }) => markReviewed(ctx, body),
});
