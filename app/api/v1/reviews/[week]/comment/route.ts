import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { saveComment } from "@/lib/reviews/save-comment";
import { saveCommentSchema, weekSchema } from "@/lib/reviews/schemas";

export const PUT = apiRoute({
  summary: "What you have to say beside the figures of a week's review, before it goes out",
  description: "With `version`, a change that somebody else made since then is a `conflict`.",
  permission: "tracking:write",
  params: z.object({ week: weekSchema }),
  body: saveCommentSchema,
  response: z.object({ comment: z.string(), commentedBy: z.string().nullable(), version: z.int() }),
  errors: ["conflict"],
  run: ({ ctx, params, body }) => saveComment(ctx, params.week, body),
});
