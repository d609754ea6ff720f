import { recoveryCodesSchema, removeSecondFactorSchema } from "@/lib/accounts/schemas";
import { renewRecoveryCodes } from "@/lib/accounts/second-factor";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Make new recovery codes",
  description: "Those before no longer work.",
  account: true,
  body: removeSecondFactorSchema,
  response: recoveryCodesSchema,
  errors: ["conflict"],
  run: async ({ account, body, call }) => ({ recoveryCodes: await renewRecoveryCodes(account, body, call.visitor) }),
});
