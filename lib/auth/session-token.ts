import "server-only";
import { decode, encode } from "next-auth/jwt";
import { deriveKey } from "@/lib/platform/crypto";
import { isHttps } from "@/lib/platform/env";
import { runtime } from "@/lib/platform/runtime";

/** A sign-in lasts 30 days, or until it is ended. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

export type Cookie = {
  name: string;
  value: string;
  httpOnly?: boolean;
  sameSite: "lax";
  path: "/";
  secure: boolean;
  maxAge: number;
};

export const sessionSecret = (appSecret: string = runtime().appSecret) =>
  deriveKey("session", appSecret).toString("base64url");

/** `__Host-` binds the cookie to this host and to https; plain http cannot carry such a name. */
export const sessionCookieName = () => (isHttps() ? "__Host-nichebook.session" : "nichebook.session");

export const sessionCookieOptions = () => ({ httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() }) as const;

/** The cookie of a session row, readable by next-auth and by us alike. */
export async function sessionCookie(session: { id: string; userId: string }): Promise<Cookie> {
  const value = await encode({
    secret: sessionSecret(),
    maxAge: SESSION_SECONDS,
    token: { sub: session.userId, sid: session.id },
  });
  return { name: sessionCookieName(), value, ...sessionCookieOptions(), maxAge: SESSION_SECONDS };
}

/** Tells the browser to forget the session cookie. */
export const noSessionCookie = (): Cookie => ({
  name: sessionCookieName(),
  value: "",
  ...sessionCookieOptions(),
  maxAge: 0,
});

/** @returns the session row's id that a cookie carries, or null when it is forged, cut or expired. */
export async function sessionIdOf(cookieValue: string | undefined): Promise<string | null> {
  if (!cookieValue) return null;
  const { appSecret, appSecretPrevious } = runtime();
  for (const secret of [appSecret, appSecretPrevious]) {
    if (!secret) continue;
    const token = await decode({ token: cookieValue, secret: sessionSecret(secret) }).catch(() => null);
    if (typeof token?.sid === "string") return token.sid;
  }
  return null;
}
