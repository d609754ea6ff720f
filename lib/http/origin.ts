import "server-only";
import { appUrl, isHttps } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a browser may have been tricked into sending this: a change, with whatever cookies it holds. */
export const isChange = (request: Request) => !READS.has(request.method);

/**
 * Refuses a change that another site made a browser send. Browsers tell by `Sec-Fetch-Site` and `Origin`; a caller
 * that sends neither is no browser, and carries no cookie but its own.
 * @throws `cross_origin`
 */
export function assertSameOrigin(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  if (site === "cross-site" || site === "same-site") throw new AppError("cross_origin");
  const origin = request.headers.get("origin");
  if (origin !== null && !isOurs(origin, request.headers.get("host"))) throw new AppError("cross_origin");
}

// The address of the request itself is no witness: Next reports it as localhost, whatever was asked for.
function isOurs(origin: string, host: string | null): boolean {
  if (origin === new URL(appUrl()).origin) return true;
  const match = /^(https?):\/\/([^/]+)$/.exec(origin);
  if (!match || host === null) return false;
  const [, scheme, originHost] = match;
  return originHost === host && (scheme === "https" || !isHttps());
}
