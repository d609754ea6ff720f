import { previewRule } from "@/lib/alerts/preview-rule";
import { alertPreviewSchema, alertRuleInputSchema } from "@/lib/alerts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "What a rule would have told of the last 90 stored days; saves and spends nothing",
  permission: "alerts:read",
  body: alertRuleInputSchema,
  response: alertPreviewSchema,
  errors: ["key_missing"],
  run: ({ ctx, body }) => previewRule(ctx, body),
});
