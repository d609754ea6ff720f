import "server-only";
import { env } from "@/lib/platform/env";

/**
 * Set by our own server from the socket on every request, over whatever the caller sent. Next's `x-forwarded-for`
 * is no substitute: Next keeps the caller's own.
 */
export const ADDRESS_HEADER = "x-nichebook-address";

/** Set by our own server beside it: "yes" when no header says that a proxy has handed the request on. */
export const DIRECT_HEADER = "x-nichebook-direct";

/** The query of a page's address, as the proxy hands it to pages that lead on to another address. */
export const SEARCH_HEADER = "x-nichebook-search";

/** Where a request came from, for throttles and the audit; null when unknown. */
export function callerAddress(headers: Headers): string | null {
  // With one trusted proxy before us, the last entry is the one that it added itself.
  const forwarded = env().TRUST_PROXY ? headers.get("x-forwarded-for")?.split(",").at(-1) : undefined;
  const address = withoutPort((forwarded ?? headers.get(ADDRESS_HEADER) ?? "").trim()).replace(/^::ffff:/i, "");
  return address === "" ? null : address.slice(0, 64);
}

/** Some proxies add the port of the caller, which is another for each connection. */
const withoutPort = (address: string) =>
  /^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(address)?.slice(1).join("") ?? address;

/**
 * What a throttle counts an address as. Of IPv6 that is the first half: whoever has one address there has all 2⁶⁴
 * of its network.
 */
export function placeOf(address: string | null): string | null {
  // As a host of a URL it is written in one way, without an IPv4 at its end; nothing else may stand in brackets there.
  const url = URL.parse(`http://[${address?.split("%")[0] ?? ""}]`);
  if (!url) return address;
  const [head = "", tail] = url.hostname.slice(1, -1).split("::");
  const groups = (text = "") => (text === "" ? [] : text.split(":"));
  const zeros = Array(8 - groups(head).length - groups(tail).length).fill("0");
  return `${[...groups(head), ...zeros, ...groups(tail)].slice(0, 4).join(":")}::/64`;
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1)$/;
const LOCAL_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Whether a request was made on this very machine, and not handed on by a proxy. */
export function isOnThisMachine(headers: Headers): boolean {
  const address = (headers.get(ADDRESS_HEADER) ?? "").replace(/^::ffff:/i, "");
  // The name in the address bar too: a page elsewhere can make its own name mean this machine.
  return LOOPBACK.test(address) && headers.get(DIRECT_HEADER) === "yes" && LOCAL_HOST.test(headers.get("host") ?? "");
}

/** A visitor as far as an account's own history shows it. */
export type Visitor = { address: string | null; userAgent: string | null };

export const visitorOf = (headers: Headers): Visitor => ({
  address: callerAddress(headers),
  userAgent: headers.get("user-agent")?.slice(0, 300) ?? null,
});
