import { createdSchema, signInSchema } from "@/lib/auth/schemas";
import { signIn } from "@/lib/auth/sign-in";
import { apiRoute } from "@/lib/http/api-route";

export const POST = apiRoute({
  summary: "Sign in with email and password",
  public: true,
  body: signInSchema,
  response: createdSchema,
  errors: ["unauthenticated"],
  run: async ({ body, call }) => {
    const { id, cookie } = await signIn(body, call.visitor);
    call.setCookie(cookie);
    return { id };
  },
});
