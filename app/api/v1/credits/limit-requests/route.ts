import { z } from "zod";
import { askForMore } from "@/lib/credits/ask-for-more";
import { askForMoreSchema, limitAskSchema } from "@/lib/credits/limit-schemas";
import { readAsks } from "@/lib/credits/read-asks";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "The open asks for more in the running period; for members their own",
  permission: "credits:read",
  response: z.object({ items: z.array(limitAskSchema) }),
  run: async ({ ctx }) => ({ items: await readAsks(ctx) }),
});

export const POST = apiRoute({
  summary: "Ask for more credits in the running period",
  permission: "insights:buy",
  body: askForMoreSchema,
  response: limitAskSchema,
  status: 201,
  errors: ["conflict"],
  run: ({ ctx, body }) => askForMore(ctx, body),
});
