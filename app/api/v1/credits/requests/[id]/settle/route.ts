import { z } from "zod";
import { settleByHand } from "@/lib/credits/settle-by-hand";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Say what a request really cost, as the KeyAPI dashboard shows it",
  permission: "credits:settle",
  params: z.object({ id: z.uuid() }),
  body: z.object({
    charged: z.boolean(),
    reason: z
      .string()
      .trim()
      .min(1, { error: "reason_missing" })
      .max(500, { error: "reason_too_long" })
      .regex(/^\P{Cc}*$/u, { error: "text_control" }),
  }),
  response: z.object({ id: z.uuid(), outcome: z.enum(["charged", "not_charged", "released"]) }),
  errors: ["conflict"],
  run: ({ ctx, params, body }) => settleByHand(ctx, params.id, body),
});
