import { changeLimits } from "@/lib/credits/change-limits";
import { changeLimitsSchema, limitsSchema } from "@/lib/credits/limit-schemas";
import { readLimits } from "@/lib/credits/read-limits";
import { apiRoute } from "@/lib/http/api-route";

export const GET = apiRoute({
  summary: "The limits a month, and what is used of them in the running period",
  permission: "credits:read",
  response: limitsSchema,
  run: ({ ctx }) => readLimits(ctx),
});

export const PUT = apiRoute({
  summary: "Set or with null remove limits, all or none; what is left out stays",
  description: "A token never lifts its own limit (`session_needed`).",
  permission: "limits:set",
  body: changeLimitsSchema,
  response: limitsSchema,
  run: ({ ctx, body }) => changeLimits(ctx, body),
});
