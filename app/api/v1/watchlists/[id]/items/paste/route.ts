import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { pasteWatchItems } from "@/lib/tracking/paste-watch-items";
import { pasteItemsSchema, pasteReportSchema } from "@/lib/tracking/schemas";

export const POST = apiRoute({
  summary: "Put the categories that a text names on a watchlist",
  description:
    "Ids, names or aliases of learned third-level categories, one a line or separated by tabs, semicolons or commas; at most 1,000 lines. The report says what became of each.",
  permission: "tracking:write",
  params: z.object({ id: z.uuid() }),
  body: pasteItemsSchema,
  response: pasteReportSchema,
  run: ({ ctx, params, body }) => pasteWatchItems(ctx, params.id, body),
});
