import { signOut } from "@/lib/auth/sign-out";
import { apiRoute } from "@/lib/http/api-route";
import { sessionCookieOf } from "@/lib/http/caller";

export const POST = apiRoute({
  summary: "End the session of this browser",
  public: true,
  response: null,
  run: async ({ call }) => call.setCookie(await signOut(sessionCookieOf(call.request))),
});
