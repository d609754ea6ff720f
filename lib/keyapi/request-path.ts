import "server-only";
import type { Endpoint } from "./types";

/** The path and query of one request below the base address, exactly as they go on the wire. Never holds the key. */
export function requestPath<Params>(
  endpoint: Pick<Endpoint<Params, unknown>, "path" | "toQuery">,
  params: Params,
): string {
  // A space as %20, which every server reads; not every one reads "+".
  const query = new URLSearchParams(endpoint.toQuery(params)).toString().replaceAll("+", "%20");
  return `${endpoint.path}${query && `?${query}`}`;
}
