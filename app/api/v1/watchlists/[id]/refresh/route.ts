import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { refreshWatchlists } from "@/lib/tracking/refresh-watchlists";
import { refreshAnswerSchema, runOrderSchema } from "@/lib/tracking/schemas";

export const POST = apiRoute({
  summary: "Refresh a watchlist by the cheapest requests, or ask what that would cost",
  description:
    "Ranking pages that hold several items, an item's own request for the rest, nothing for what is fresh. Runs in the job queue: `GET /runs/{id}` tells how it stands. A request with `ifMissing` is only made when the pages before it do not hold its item.",
  permission: "insights:buy",
  spends: true,
  dryRuns: true,
  params: z.object({ id: z.uuid() }),
  body: runOrderSchema,
  response: refreshAnswerSchema,
  status: 202,
  run: ({ ctx, params, body, call }) =>
    refreshWatchlists(ctx, { watchlists: [params.id], searches: [] }, body, call.idempotencyKey),
});
