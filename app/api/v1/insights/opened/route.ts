import { apiRoute } from "@/lib/http/api-route";
import { noteOpened } from "@/lib/insights/note-opened";
import { openedSchema } from "@/lib/insights/schemas";

export const POST = apiRoute({
  summary: "Say that figures of these answers were looked at, so that they do not count as bought for nobody",
  description:
    "Pages say so by themselves. A program that reads stored answers with GET may say it too, with a token that may spend: reading writes nothing.",
  permission: "opened:write",
  body: openedSchema,
  response: null,
  run: ({ ctx, body }) => noteOpened(ctx, body),
});
