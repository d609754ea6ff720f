import { startedSecondFactorSchema, startSecondFactorSchema } from "@/lib/accounts/schemas";
import { startSecondFactor } from "@/lib/accounts/second-factor";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Begin to set up a second factor",
  description: "The secret counts once it was confirmed with a code of the app that took it.",
  account: true,
  body: startSecondFactorSchema,
  response: startedSecondFactorSchema,
  errors: ["conflict"],
  run: ({ account, body, call }) => startSecondFactor(account, body, call.visitor),
});
