import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/next-auth";
import { guardForeign } from "@/lib/http/guard-foreign";

type Context = { params: Promise<{ nextauth: string[] }> };

/** What signing in and out needs. `_log` is left out above all: it would write whatever anybody sends into the log. */
const ACTIONS: ReadonlySet<string> = new Set([
  "providers",
  "csrf",
  "session",
  "signin",
  "callback",
  "signout",
  "error",
]);

async function handler(request: NextRequest, context: Context): Promise<Response> {
  const [action = ""] = (await context.params).nextauth;
  return guardForeign(request, ACTIONS.has(action), (bounded) => NextAuth(bounded, context, authOptions()));
}

export { handler as GET, handler as POST };
