import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { createOwnToken } from "@/lib/teams/create-own-token";
import { readTokens } from "@/lib/teams/read-tokens";
import { createdTokenSchema, createTokenSchema, tokenSchema } from "@/lib/teams/token-schemas";

export const GET = apiRoute({
  summary: "One's own tokens; all of the team for owners and admins",
  permission: "tokens:read",
  response: z.object({ items: z.array(tokenSchema) }),
  run: async ({ ctx }) => ({ items: await readTokens(ctx) }),
});

export const POST = apiRoute({
  summary: "Make a token for oneself",
  description: "The answer is the only place that ever shows the token. Only a signed-in person may make one.",
  permission: "tokens:write",
  body: createTokenSchema,
  response: createdTokenSchema,
  status: 201,
  errors: ["conflict"],
  run: ({ ctx, body }) => createOwnToken(ctx, body),
});
