import "server-only";
import { type Cookie, noSessionCookie, sessionIdOf } from "./session-token";
import { endSession } from "./sessions";

/** Ends the session of a cookie, if it has one. @returns the cookie that makes the browser forget it */
export async function signOut(cookieValue: string | undefined): Promise<Cookie> {
  const sessionId = await sessionIdOf(cookieValue);
  if (sessionId) await endSession(sessionId);
  return noSessionCookie();
}
