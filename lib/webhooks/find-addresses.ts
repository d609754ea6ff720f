import "server-only";
import { lookup } from "node:dns/promises";
import type { BlockList } from "node:net";
import { isIP } from "node:net";
import { env } from "@/lib/platform/env";
import { blockList, isAllowedAddress, isPublicAddress } from "./public-address";

export type Resolve = (host: string) => Promise<string[]>;

const resolveHost: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/** Addresses beside the public ones that the operator lets webhooks reach (`WEBHOOK_ALLOW`). */
const allowedByOperator = () => blockList(env().WEBHOOK_ALLOW);

/**
 * The addresses that a URL leads to now. All must be public, or named by the operator; without TLS only the latter, for
 * whoever listens on the way would read along.
 * @param resolve tells the addresses of a host; a test's own
 */
export async function findAddresses(
  url: URL,
  resolve: Resolve = resolveHost,
  allowed: BlockList = allowedByOperator(),
): Promise<{ addresses: string[] } | { problem: "address_refused" | "host_unknown" | "not_encrypted" }> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => []);
  if (addresses.length === 0) return { problem: "host_unknown" };
  if (addresses.every((address) => isAllowedAddress(address, allowed))) return { addresses };
  if (!addresses.every((address) => isPublicAddress(address) || isAllowedAddress(address, allowed))) {
    return { problem: "address_refused" };
  }
  return url.protocol === "https:" ? { addresses } : { problem: "not_encrypted" };
}
