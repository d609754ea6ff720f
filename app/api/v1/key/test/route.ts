import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { answerSchema, confirmedSchema } from "@/lib/insights/schemas";
import { testKey } from "@/lib/insights/test-key";

export const POST = apiRoute({
  summary: "Find out whether the key works by buying one page (2 credits)",
  permission: "key:write",
  spends: true,
  body: confirmedSchema,
  response: z.object({ ok: z.literal(true), creditsSpent: z.int(), answer: answerSchema }),
  run: async ({ ctx, body, call }) => {
    const answer = await testKey(ctx, call.idempotencyKey, body.confirmed);
    return { ok: true as const, creditsSpent: answer.creditsSpent, answer };
  },
});
