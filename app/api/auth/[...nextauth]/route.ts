import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/next-auth";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth reads a JSON body without minding what is in it. */
async function handler(request: NextRequest, context: Context): Promise<Response> {
  try {
    return await NextAuth(request, context, authOptions());
  } catch (error) {
    if (error instanceof SyntaxError) return new Response("The body is not valid JSON.", { status: 400 });
    throw error;
  }
}

export { handler as GET, handler as POST };
