import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import { sessionCookieName, sessionIdOf } from "./session-token";
import { type Account, accountOfSession } from "./sessions";

/** Who is signed in, for pages: looked up once a request, or null. Writes nothing. */
export const currentAccount = cache(async (): Promise<Account | null> => {
  const jar = await cookies();
  const sessionId = await sessionIdOf(jar.get(sessionCookieName())?.value);
  return sessionId ? accountOfSession(sessionId) : null;
});
