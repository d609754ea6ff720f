import { apiRoute } from "@/lib/http/api-route";
import { readKey } from "@/lib/teams/read-key";
import { removeKey } from "@/lib/teams/remove-key";
import { saveKey } from "@/lib/teams/save-key";
import { keyStatusSchema, saveKeySchema } from "@/lib/teams/schemas";

export const GET = apiRoute({
  summary: "Which upstream the team uses and how its key fares; never the key",
  permission: "key:read",
  response: keyStatusSchema,
  run: ({ ctx }) => readKey(ctx),
});

export const PUT = apiRoute({
  summary: "Save a KeyAPI key, put it to use and go live",
  description: "The key before is kept until it is removed; requests that were asked with it finish with it.",
  permission: "key:write",
  body: saveKeySchema,
  response: keyStatusSchema,
  errors: ["conflict"],
  run: ({ ctx, body }) => saveKey(ctx, body),
});

export const DELETE = apiRoute({
  summary: "Forget the key in use",
  permission: "key:write",
  response: keyStatusSchema,
  run: ({ ctx }) => removeKey(ctx),
});
