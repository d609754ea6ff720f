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
  summary: "Save the team's KeyAPI key and go live",
  permission: "key:write",
  body: saveKeySchema,
  response: keyStatusSchema,
  run: ({ ctx, body }) => saveKey(ctx, body),
});

export const DELETE = apiRoute({
  summary: "Forget the team's key",
  permission: "key:write",
  response: keyStatusSchema,
  run: ({ ctx }) => removeKey(ctx),
});
