import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { unmarkReviewed } from "@/lib/tracking/unmark-reviewed";

export const DELETE = apiRoute({
  summary: "Take a mark of one's own back: the one before it counts again",
  permission: "reviews:write",
  params: z.object({ id: z.uuid() }),
  response: null,
  run: ({ ctx, params }) => unmarkReviewed(ctx, params.id),
});
