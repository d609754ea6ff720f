import "server-only";
import { z } from "zod";
import { callerAddress, placeOf } from "@/lib/auth/caller-address";
import { AppError } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { readJson } from "./parse-input";
import { countRequest } from "./request-rate";

const MAX_REPORT_BYTES = 16 * 1024;

const reportSchema = z.object({
  "csp-report": z.object({
    "document-uri": z.string().catch(""),
    "effective-directive": z.string().optional().catch(undefined),
    "violated-directive": z.string().optional().catch(undefined),
    "blocked-uri": z.string().catch(""),
  }),
});

/** Pages whose path ends with a link's token. */
const TOKEN = /\/(reset-password|confirm-email|invite)\/.*/i;

/** Addresses without query, fragment and the tokens of links: they may hold what is nobody's business. */
const bare = (address: string) => (address.split(/[?#]/)[0] ?? "").replace(TOKEN, "/$1/…").slice(0, 200);

/**
 * Writes down that a browser refused something by a page's policy: either a mistake of ours, an extension, or an
 * attack. Anybody can send such a report, so it is a line in the log and nothing else.
 */
export async function noteViolation(request: Request): Promise<Response> {
  try {
    await countRequest(`csp ${placeOf(callerAddress(request.headers)) ?? "unknown"}`);
    const report = reportSchema.parse(
      await readJson(request, MAX_REPORT_BYTES, (type) => type === "application/csp-report"),
    )["csp-report"];
    const directive = (report["effective-directive"] ?? report["violated-directive"] ?? "").slice(0, 80);
    const facts = { directive, page: bare(report["document-uri"]), blocked: bare(report["blocked-uri"]) };
    log().warn(facts, "a browser refused something by the page's policy");
    return new Response(null, { status: 204 });
  } catch (error) {
    return new Response(null, { status: error instanceof AppError ? error.status : 400 });
  }
}
