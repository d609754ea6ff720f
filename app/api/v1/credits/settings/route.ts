import { teamCreditSettingsSchema, updateCreditSettingsSchema } from "@/lib/credits/limit-schemas";
import { readCreditSettings } from "@/lib/credits/read-credit-settings";
import { updateCreditSettings } from "@/lib/credits/update-credit-settings";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "What the team decided about its credits, with the running period and the next",
  permission: "credits:read",
  response: teamCreditSettingsSchema,
  run: ({ ctx }) => readCreditSettings(ctx),
});

export const PATCH = apiRoute({
  summary: "Change some of it; another first day holds from the next period on",
  permission: "limits:write",
  body: updateCreditSettingsSchema,
  response: teamCreditSettingsSchema,
  run: ({ ctx, body }) => updateCreditSettings(ctx, body),
});
