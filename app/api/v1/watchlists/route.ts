import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { createWatchlist } from "@/lib/tracking/create-watchlist";
import { readWatchlists } from "@/lib/tracking/read-watchlists";
import { createWatchlistSchema, watchlistSchema } from "@/lib/tracking/schemas";

export const GET = apiRoute({
  summary: "Watchlists, newest first",
  permission: "tracking:read",
  response: z.object({ items: z.array(watchlistSchema) }),
  run: ({ ctx }) => readWatchlists(ctx),
});

export const POST = apiRoute({
  summary: "Make a watchlist",
  permission: "tracking:write",
  body: createWatchlistSchema,
  response: watchlistSchema,
  status: 201,
  errors: ["key_missing"],
  run: ({ ctx, body }) => createWatchlist(ctx, body),
});
