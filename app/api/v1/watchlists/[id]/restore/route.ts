import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { restoreWatchlist } from "@/lib/tracking/restore-watchlist";
import { watchlistSchema } from "@/lib/tracking/schemas";

export const POST = apiRoute({
  summary: "Have a deleted watchlist back",
  permission: "tracking:write",
  params: z.object({ id: z.uuid() }),
  response: watchlistSchema,
  run: ({ ctx, params }) => restoreWatchlist(ctx, params.id),
});
