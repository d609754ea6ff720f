import { removeSecondFactorSchema } from "@/lib/accounts/schemas";
import { removeSecondFactor } from "@/lib/accounts/second-factor";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Turn the second factor off",
  account: true,
  body: removeSecondFactorSchema,
  response: null,
  run: ({ account, body, call }) => removeSecondFactor(account, body, call.locale, call.visitor),
});
