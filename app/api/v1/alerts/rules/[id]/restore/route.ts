import { z } from "zod";
import { restoreRule } from "@/lib/alerts/restore-rule";
import { alertRuleSchema } from "@/lib/alerts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Bring a deleted rule back",
  permission: "alerts:write",
  params: z.object({ id: z.uuid() }),
  response: alertRuleSchema,
  run: ({ ctx, params }) => restoreRule(ctx, params.id),
});
