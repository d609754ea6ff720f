import { z } from "zod";
import { muteRule } from "@/lib/alerts/mute-rule";
import { alertRuleSchema, muteAlertRuleSchema } from "@/lib/alerts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const PUT = apiRoute({
  summary: "Silence a rule, or let it speak again",
  permission: "alerts:write",
  params: z.object({ id: z.uuid() }),
  body: muteAlertRuleSchema,
  response: alertRuleSchema,
  run: ({ ctx, params, body }) => muteRule(ctx, params.id, body),
});
