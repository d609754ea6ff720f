import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { addWatchItem } from "@/lib/tracking/add-watch-item";
import { addWatchItemSchema, watchItemSchema } from "@/lib/tracking/schemas";

export const POST = apiRoute({
  summary: "Put a category in a region on a watchlist; twice is one item",
  permission: "tracking:write",
  params: z.object({ id: z.uuid() }),
  body: addWatchItemSchema,
  response: watchItemSchema,
  status: 201,
  findsExisting: true,
  run: ({ ctx, params, body }) => addWatchItem(ctx, params.id, body),
});
