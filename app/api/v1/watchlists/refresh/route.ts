import { apiRoute } from "@/lib/http/api-route";
import { refreshWatchlists } from "@/lib/tracking/refresh-watchlists";
import { refreshAnswerSchema, refreshOrderSchema } from "@/lib/tracking/schemas";

export const POST = apiRoute({
  summary: "Refresh several watchlists and saved searches by one plan, or ask what that would cost",
  description: "As `POST /watchlists/{id}/refresh`: what several of them need is asked and paid once.",
  permission: "insights:buy",
  spends: true,
  dryRuns: true,
  body: refreshOrderSchema,
  response: refreshAnswerSchema,
  status: 202,
  run: ({ ctx, body: { watchlists, searches, ...order }, call }) =>
    refreshWatchlists(ctx, { watchlists, searches }, order, call.idempotencyKey),
});
