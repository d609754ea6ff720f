import { createdSchema, invitedSignUpSchema } from "@/lib/auth/schemas";
import { signUp } from "@/lib/auth/sign-up";
import { apiRoute } from "@/lib/http/api-route";
import { sessionCookieOf } from "@/lib/http/caller";
import { languageCookie } from "@/lib/i18n/language-cookie";

export const POST = apiRoute({
  summary: "Make an account and sign in",
  description:
    "Open for the first account of an installation; afterwards as its SIGN_UP setting says, or with an invitation.",
  public: true,
  body: invitedSignUpSchema,
  response: createdSchema,
  status: 201,
  errors: ["forbidden", "conflict"],
  run: async ({ body, call }) => {
    const { id, cookie } = await signUp(body, call.visitor, sessionCookieOf(call.request));
    call.setCookie(cookie);
    if (body.language) call.setCookie(languageCookie(body.language));
    return { id };
  },
});
