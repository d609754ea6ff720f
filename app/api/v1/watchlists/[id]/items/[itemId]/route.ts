import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { removeWatchItem } from "@/lib/tracking/remove-watch-item";
import { updateWatchItemSchema, watchItemSchema } from "@/lib/tracking/schemas";
import { updateWatchItem } from "@/lib/tracking/update-watch-item";

const params = z.object({ id: z.uuid(), itemId: z.uuid() });

export const PATCH = apiRoute({
  summary: "Change an item's note, tags, colour or place",
  description: "With `version`, a change that somebody else made since then is a `conflict`.",
  permission: "tracking:write",
  params,
  body: updateWatchItemSchema,
  response: watchItemSchema,
  errors: ["conflict"],
  run: ({ ctx, params, body }) => updateWatchItem(ctx, { listId: params.id, itemId: params.itemId }, body),
});

export const DELETE = apiRoute({
  summary: "Take an item off a watchlist",
  permission: "tracking:write",
  params,
  response: null,
  run: ({ ctx, params }) => removeWatchItem(ctx, { listId: params.id, itemId: params.itemId }),
});
