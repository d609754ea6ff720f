import { readPreference } from "@/lib/alerts/read-preference";
import { savePreference } from "@/lib/alerts/save-preference";
import { alertPreferenceSchema } from "@/lib/alerts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "How the caller hears of alerts",
  permission: "alerts:read",
  response: alertPreferenceSchema,
  run: ({ ctx }) => readPreference(ctx),
});

export const PUT = apiRoute({
  summary: "Choose how one hears of alerts; hours are of the team's time zone",
  permission: "notifications:write",
  body: alertPreferenceSchema,
  response: alertPreferenceSchema,
  run: ({ ctx, body }) => savePreference(ctx, body),
});
