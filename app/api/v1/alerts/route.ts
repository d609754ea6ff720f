import { readAlerts } from "@/lib/alerts/read-alerts";
import { alertPageSchema, alertsInputSchema } from "@/lib/alerts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "What the team's rules had to tell, newest first, 50 at a time",
  permission: "alerts:read",
  query: alertsInputSchema,
  response: alertPageSchema,
  run: ({ ctx, query }) => readAlerts(ctx, query),
});
