import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { judgeBreakSchema, providerBreakSchema } from "@/lib/insights/break-schemas";
import { judgeBreak } from "@/lib/insights/judge-break";

export const PUT = apiRoute({
  summary: "Say what a change of the provider's answers was",
  description: "`real` compares across it again, `from_here` never, null holds comparisons back until somebody says.",
  permission: "team:write",
  params: z.object({ id: z.uuid() }),
  body: judgeBreakSchema,
  response: providerBreakSchema,
  run: ({ ctx, params, body }) => judgeBreak(ctx, params.id, body),
});
