import { readMe } from "@/lib/auth/read-me";
import { meSchema } from "@/lib/auth/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "Who asks, for which team",
  permission: "team:read",
  teamOptional: true,
  response: meSchema,
  run: ({ userId, ctx }) => readMe(userId, ctx),
});
