import { confirmSecondFactorSchema, recoveryCodesSchema } from "@/lib/accounts/schemas";
import { confirmSecondFactor } from "@/lib/accounts/second-factor";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Turn the second factor on",
  description: "The recovery codes are told this once. Every other browser is signed out.",
  account: true,
  body: confirmSecondFactorSchema,
  response: recoveryCodesSchema,
  errors: ["conflict"],
  run: async ({ account, body, call }) => ({
    recoveryCodes: await confirmSecondFactor(account, body, call.locale, call.visitor),
  }),
});
