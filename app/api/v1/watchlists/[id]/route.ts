import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { deleteWatchlist } from "@/lib/tracking/delete-watchlist";
import { readWatchlistItems } from "@/lib/tracking/read-watchlist-items";
import { updateWatchlistSchema, watchlistSchema, watchlistWithItemsSchema } from "@/lib/tracking/schemas";
import { updateWatchlist } from "@/lib/tracking/update-watchlist";

const params = z.object({ id: z.uuid() });

export const GET = apiRoute({
  summary: "A watchlist with its items in their order",
  permission: "tracking:read",
  params,
  response: watchlistWithItemsSchema,
  run: ({ ctx, params }) => readWatchlistItems(ctx, params.id),
});

export const PATCH = apiRoute({
  summary: "Change a watchlist",
  description: "With `version`, a change that somebody else made since then is a `conflict`.",
  permission: "tracking:write",
  params,
  body: updateWatchlistSchema,
  response: watchlistSchema,
  errors: ["conflict"],
  run: ({ ctx, params, body }) => updateWatchlist(ctx, params.id, body),
});

export const DELETE = apiRoute({
  summary: "Delete a watchlist; it can be restored",
  permission: "tracking:write",
  params,
  response: null,
  run: ({ ctx, params }) => deleteWatchlist(ctx, params.id),
});
