import { deleteAccount } from "@/lib/accounts/delete-account";
import { deleteAccountSchema } from "@/lib/accounts/schemas";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Delete one's own account",
  description: "Refused while a team has no other owner. History keeps a pseudonym; the address is free again.",
  account: true,
  body: deleteAccountSchema,
  response: null,
  errors: ["conflict"],
  run: async ({ account, body, call }) => {
    call.setCookie(await deleteAccount(account, body, call.locale, call.visitor));
  },
});
