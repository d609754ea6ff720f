import { confirmEmail } from "@/lib/accounts/confirm-email";
import { confirmEmailSchema } from "@/lib/accounts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Confirm an email address with the link mailed to it",
  public: true,
  body: confirmEmailSchema,
  response: null,
  errors: ["not_found", "conflict"],
  run: ({ body, call }) => confirmEmail(body.token, call.locale, call.visitor),
});
