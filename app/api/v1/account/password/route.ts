import { changePassword } from "@/lib/accounts/change-password";
import { changePasswordSchema } from "@/lib/accounts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Change one's own password",
  account: true,
  body: changePasswordSchema,
  response: null,
  run: ({ account, body, call }) => changePassword(account, body, call.locale, call.visitor),
});
