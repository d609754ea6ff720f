import { z } from "zod";
import { deleteRule } from "@/lib/alerts/delete-rule";
import { readRule } from "@/lib/alerts/read-rules";
import { alertRuleSchema, updateAlertRuleSchema } from "@/lib/alerts/schemas";
import { updateRule } from "@/lib/alerts/update-rule";
import { apiRoute } from "@/lib/http/api-route";

const params = z.object({ id: z.uuid() });

export const GET = apiRoute({
  summary: "A rule",
  permission: "alerts:read",
  params,
  response: alertRuleSchema,
  run: ({ ctx, params }) => readRule(ctx, params.id),
});

export const PUT = apiRoute({
  summary: "Say a rule anew",
  description: "With `version`, a change that somebody else made since then is a `conflict`.",
  permission: "alerts:write",
  params,
  body: updateAlertRuleSchema,
  response: alertRuleSchema,
  errors: ["conflict", "key_missing"],
  run: ({ ctx, params, body }) => updateRule(ctx, params.id, body),
});

export const DELETE = apiRoute({
  summary: "Delete a rule; it can be restored, and what it told stays",
  permission: "alerts:write",
  params,
  response: null,
  run: ({ ctx, params }) => deleteRule(ctx, params.id),
});
