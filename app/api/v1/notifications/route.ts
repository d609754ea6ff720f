import { apiRoute } from "@/lib/http/api-route";
import { readNotifications } from "@/lib/notifications/read-notifications";
import { notificationPageSchema, notificationsInputSchema } from "@/lib/notifications/schemas";

export const GET = apiRoute({
  summary: "What the asking member was told, newest first",
  permission: "team:read",
  query: notificationsInputSchema,
  response: notificationPageSchema,
  run: ({ ctx, query }) => readNotifications(ctx, query),
});
