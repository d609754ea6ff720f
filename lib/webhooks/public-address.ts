import "server-only";
import { BlockList, isIP } from "node:net";

/** What no public host has, by the special-purpose registry of IANA (RFC 6890 and its later entries), and multicast. */
const NOT_PUBLIC_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/** Within global unicast: what leads to IPv4 addresses by a tunnel, what is for documents, and for tests. */
const NOT_PUBLIC_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"];
const GLOBAL_UNICAST_V6 = "2000::/3";

const notPublic = blockList([...NOT_PUBLIC_V4, ...NOT_PUBLIC_V6]);
const globalUnicast = blockList([GLOBAL_UNICAST_V6]);

/** @throws for a network that is none */
export function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    const family = isIP(address);
    const most = family === 6 ? 128 : 32;
    if (family === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) throw new Error(`${network} is no network`);
    list.addSubnet(address, bits === undefined ? most : Number(bits), family === 6 ? "ipv6" : "ipv4");
  }
  return list;
}

const holds = (list: BlockList, address: string) => list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/**
 * Whether an address of the network is one of the public internet. IPv6 is taken from global unicast alone: so loopback,
 * link-local, unique local, and addresses that stand for an IPv4 one (mapped, NAT64) are none.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0 || address.includes("%")) return false;
  return (family === 4 || holds(globalUnicast, address)) && !holds(notPublic, address);
}

/** Whether the operator named it as one that webhooks may reach. */
export const isAllowedAddress = (address: string, allowed: BlockList) => isIP(address) !== 0 && holds(allowed, address);
