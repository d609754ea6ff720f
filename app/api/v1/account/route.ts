import { profileSchema, updateAccountSchema } from "@/lib/auth/schemas";
import { updateAccount } from "@/lib/auth/update-account";
import { apiRoute } from "@/lib/http/api-route";
import { languageCookie } from "@/lib/i18n/language-cookie";

export const PATCH = apiRoute({
  summary: "Change one's own name, language, theme, colour of “up” or columns",
  account: true,
  body: updateAccountSchema,
  response: profileSchema,
  run: async ({ account, body, call }) => {
    if (body.language !== undefined) call.setCookie(languageCookie(body.language));
    return updateAccount(account, body, call.visitor);
  },
});
