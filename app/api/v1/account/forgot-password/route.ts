import { askReset } from "@/lib/accounts/ask-reset";
import { forgotPasswordSchema } from "@/lib/accounts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Ask for a link to a new password",
  description: "The answer is the same whether there is such an account.",
  public: true,
  body: forgotPasswordSchema,
  response: null,
  status: 202,
  run: ({ body, call }) => askReset(body, call.locale, call.visitor),
});
