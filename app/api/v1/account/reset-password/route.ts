import { resetPassword } from "@/lib/accounts/reset-password";
import { resetPasswordSchema } from "@/lib/accounts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Choose a new password with a mailed link",
  description: "The link works once, within 30 minutes. Every browser is signed out.",
  public: true,
  body: resetPasswordSchema,
  response: null,
  errors: ["not_found"],
  run: ({ body, call }) => resetPassword(body, call.locale, call.visitor),
});
