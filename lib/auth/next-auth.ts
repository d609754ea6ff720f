import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { isHttps } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { visitorOf } from "./caller-address";
import { signInSchema } from "./schemas";
import { SESSION_SECONDS, sessionCookieName, sessionCookieOptions, sessionSecret } from "./session-token";
import { accountOfSession, endSession } from "./sessions";
import { startSession } from "./sign-in";

const sessionOf = (token: Record<string, unknown>) => (typeof token.sid === "string" ? token.sid : null);

/** next-auth gives this function a plain object of headers, whatever its type says. */
const headersOf = (given: unknown) => new Headers(given as Record<string, string>);

/** The session's cookie among those of a request. Its value is a token, which needs no escapes. */
const cookieIn = (headers: Headers) =>
  headers
    .get("cookie")
    ?.split(/;\s*/)
    .find((pair) => pair.startsWith(`${sessionCookieName()}=`))
    ?.slice(sessionCookieName().length + 1);

/**
 * next-auth's own way in, beside our routes: the same passwords, throttle, session rows and cookie. Made at each
 * request because the secret is known only once the process has started.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: sessionSecret(),
    useSecureCookies: isHttps(),
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    // All of them ours: its own pages know nothing of the content security policy.
    pages: { signIn: "/sign-in", signOut: "/account", error: "/sign-in", verifyRequest: "/sign-in" },
    providers: [
      CredentialsProvider({
        id: "credentials",
        credentials: { email: { type: "email" }, password: { type: "password" }, code: { type: "text" } },
        async authorize(credentials, request) {
          const input = signInSchema.safeParse(credentials);
          if (!input.success) return null;
          const headers = headersOf(request.headers);
          try {
            const session = await startSession(input.data, visitorOf(headers), cookieIn(headers));
            return { id: session.userId, sid: session.id };
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
            if (error.details.reason === "wrong_credentials") return null;
            // The sign-in page reads this word from `?error=`.
            throw new Error(error.code === "unauthenticated" ? error.details.reason : error.code);
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user && "sid" in user ? { ...token, sid: user.sid } : token),
      async session({ session, token }) {
        const sessionId = sessionOf(token);
        const account = sessionId ? await accountOfSession(sessionId) : null;
        const user = account ? { id: account.id, name: account.name, email: account.email } : undefined;
        return { expires: session.expires, user };
      },
    },
    events: {
      async signOut({ token }) {
        const sessionId = sessionOf(token);
        if (sessionId) await endSession(sessionId);
      },
    },
    logger: {
      error: (code, details) => log().error({ code, details }, "next-auth failed"),
      warn: (code) => log().warn({ code }, "next-auth warns"),
      debug: () => undefined,
    },
  };
}
