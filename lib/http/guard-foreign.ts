import "server-only";
import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { callerAddress, placeOf } from "@/lib/auth/caller-address";
import { LANGUAGE_COOKIE, negotiateLocale } from "@/lib/i18n/locale";
import { AppError, notFound } from "@/lib/platform/errors";
import { readText } from "./parse-input";
import { problem } from "./problem";
import { countRequest } from "./request-rate";

/**
 * What stands before a library's own handler, which would read a body of any size: the request is counted, and handed
 * on with its body read, at most 64 KB of it. Broken JSON, which the library trips over, is told as such.
 * @param isOffered whether this installation has what the request asks the library for
 */
export async function guardForeign(
  request: NextRequest,
  isOffered: boolean,
  run: (request: NextRequest) => Promise<Response>,
): Promise<Response> {
  try {
    await countRequest(placeOf(callerAddress(request.headers)) ?? "unknown");
    if (!isOffered) throw notFound();
    return await run(await withBodyRead(request));
  } catch (error) {
    if (error instanceof SyntaxError) return new Response("The body is not valid JSON.", { status: 400 });
    if (!(error instanceof AppError)) throw error;
    const cookie = request.cookies.get(LANGUAGE_COOKIE)?.value;
    const locale = negotiateLocale({ cookie, acceptLanguage: request.headers.get("accept-language") });
    return problem(error, { requestId: randomUUID(), locale });
  }
}

async function withBodyRead(request: NextRequest): Promise<NextRequest> {
  if (request.method !== "POST") return request;
  const { method, headers, url } = request;
  return new NextRequest(url, { method, headers, body: await readText(request) });
}
