import { z } from "zod";
import { createRule } from "@/lib/alerts/create-rule";
import { readRules } from "@/lib/alerts/read-rules";
import { alertRuleInputSchema, alertRuleSchema } from "@/lib/alerts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "The rules that say what is told",
  permission: "alerts:read",
  response: z.object({ items: z.array(alertRuleSchema) }),
  run: ({ ctx }) => readRules(ctx),
});

export const POST = apiRoute({
  summary: "Make a rule; it is tried on every answer from now on",
  description: "About one of `categoryId` (with `region` and `window`), `watchlistId` or `searchId`.",
  permission: "alerts:write",
  body: alertRuleInputSchema,
  response: alertRuleSchema,
  status: 201,
  errors: ["key_missing"],
  run: ({ ctx, body }) => createRule(ctx, body),
});
