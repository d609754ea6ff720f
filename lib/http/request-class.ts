import "server-only";
import { counter } from "@/lib/platform/metrics";

const seen = counter("nichebook_requests_total", "Requests that this process answered, by class of route and status.");

/** Counts an answered request. Addresses are not labels: they name teams, and there is no end of them. */
export const countAnswer = (method: string, url: string, status: number) =>
  seen({ class: requestClass(method, url), status: String(status) });

/** What kind of request it is, in few words. */
export function requestClass(method: string, url: string): string {
  const path = url.split("?")[0] ?? "";
  if (path.startsWith("/_next/")) return "asset";
  if (/^\/api\/(health|ready|metrics)$/.test(path)) return "probe";
  if (path.startsWith("/api/auth/")) return "sign_in";
  if (!path.startsWith("/api/")) return "page";
  return method === "GET" || method === "HEAD" ? "api_read" : "api_write";
}
