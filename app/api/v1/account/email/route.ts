import { changeEmail } from "@/lib/accounts/change-email";
import { changeEmailSchema } from "@/lib/accounts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Ask for another email address",
  description: "It becomes the account's once the link mailed to it is used.",
  account: true,
  body: changeEmailSchema,
  response: null,
  status: 202,
  errors: ["conflict"],
  run: ({ account, body, call }) => changeEmail(account, body, call.locale, call.visitor),
});
