import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { readReceipt } from "@/lib/insights/read-receipt";
import { fullReceiptSchema } from "@/lib/insights/schemas";

export const GET = apiRoute({
  summary: "The receipt of a request: who bought it, when, with what, at which price, and what it served since",
  permission: "insights:read",
  params: z.object({ id: z.uuid() }),
  response: fullReceiptSchema,
  run: ({ ctx, params }) => readReceipt(ctx, params.id),
});
