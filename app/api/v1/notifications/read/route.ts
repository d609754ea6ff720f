import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { markRead } from "@/lib/notifications/mark-read";
import { markReadSchema } from "@/lib/notifications/schemas";

export const POST = apiRoute({
  summary: "Mark the asking member's notifications as read: some, or all",
  permission: "notifications:write",
  body: markReadSchema,
  response: z.object({ unread: z.int() }),
  run: ({ ctx, body }) => markRead(ctx, body),
});
