import { tellLeft } from "@/lib/credits/tell-left";
import { apiRoute } from "@/lib/http/api-route";
import { orRefuse } from "@/lib/http/refuse";
import { buyPage } from "@/lib/insights/buy-page";
import { readAnswer } from "@/lib/insights/read-answer";
import {
  answerSchema,
  buyPageSchema,
  confirmedSchema,
  PRICE_CREDITS,
  questionSchema,
  snapshotSchema,
} from "@/lib/insights/schemas";

export const GET = apiRoute({
  summary: "The newest stored answer; never spends",
  permission: "insights:read",
  query: questionSchema,
  response: snapshotSchema,
  errors: ["not_stored"],
  run: async ({ ctx, query }) => orRefuse(await readAnswer(ctx, query), "not_stored", { priceCredits: PRICE_CREDITS }),
});

export const POST = apiRoute({
  summary: "The answer, from the store when it is young enough, else bought",
  description: `A page costs ${PRICE_CREDITS} credits when it is bought. Equal asks at the same moment share one purchase.`,
  permission: "insights:buy",
  spends: true,
  body: buyPageSchema.extend(confirmedSchema.shape),
  response: answerSchema,
  run: ({ ctx, body: { confirmed = false, ...question }, call }) =>
    tellLeft(
      ctx,
      buyPage(ctx, question, {
        idempotencyKey: call.idempotencyKey,
        purpose: ctx.token ? "api" : "explore",
        confirmed,
      }),
    ),
});
