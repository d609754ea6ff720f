import { createdSchema, signInSchema } from "@/lib/auth/schemas";
import { signIn } from "@/lib/auth/sign-in";
import { apiRoute } from "@/lib/http/api-route";
import { sessionCookieOf } from "@/lib/http/caller";

export const POST = apiRoute({
  summary: "Sign in with email and password",
  public: true,
  body: signInSchema,
  response: createdSchema,
  errors: ["unauthenticated"],
  run: async ({ body, call }) => {
    const { id, cookie } = await signIn(body, call.visitor, sessionCookieOf(call.request));
    call.setCookie(cookie);
    return { id };
  },
});
