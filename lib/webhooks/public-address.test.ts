import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findAddresses } from "./find-addresses";
import { blockList, isAllowedAddress, isPublicAddress } from "./public-address";

describe("an address", () => {
  test.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fdab::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "localhost",
    "",
  ])("%s is none of the public internet", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(["1.1.1.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "192.167.1.1", "2606:4700::1111", "2a00:1450:4001::1"])(
    "%s is public",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test("of a private network stays refused however it is written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 0xffffff }), (first, rest) => {
        const number = first * 0x1000000 + rest;
        const dotted = [first, (rest >> 16) & 255, (rest >> 8) & 255, rest & 255].join(".");
        const hosts = [String(number), `0x${number.toString(16)}`, `0${number.toString(8)}`, `[::ffff:${dotted}]`];
        for (const host of hosts) {
          const { hostname } = new URL(`https://${host}/`);
          const read = hostname.replace(/^\[|\]$/g, "");
          expect(isPublicAddress(read)).toBe(read.includes(":") ? false : isPublicAddress(dotted));
        }
      }),
    );
  });

  test("is allowed where the operator named it or its network", () => {
    const allowed = blockList(["10.0.0.0/8", "192.168.1.20", "fd00::/8"]);
    const verdicts = ["10.9.9.9", "192.168.1.20", "fd12::1", "192.168.1.21", "11.0.0.1", "nowhere"].map((address) =>
      isAllowedAddress(address, allowed),
    );
    expect(verdicts).toEqual([true, true, true, false, false, false]);
    expect(() => blockList(["10.0.0.0/8x"])).toThrow("is no network");
  });
});

describe("a host", () => {
  const none = blockList([]);
  const find = (url: string, addresses: string[], allowed = none) =>
    findAddresses(new URL(url), async () => addresses, allowed);

  test("is taken when all that its name means is public, and spoken to with TLS", async () => {
    expect(await find("https://hooks.example/x", ["1.1.1.1", "2606:4700::1111"])).toEqual({
      addresses: ["1.1.1.1", "2606:4700::1111"],
    });
    expect(await find("http://hooks.example/x", ["1.1.1.1"])).toEqual({ problem: "not_encrypted" });
    expect(await find("https://hooks.example/x", ["1.1.1.1", "10.0.0.1"])).toEqual({ problem: "address_refused" });
    expect(await find("https://[::1]/x", [])).toEqual({ problem: "address_refused" });
    expect(await find("https://nowhere.example/x", [])).toEqual({ problem: "host_unknown" });
    const failing = findAddresses(new URL("https://a.example"), () => Promise.reject(new Error("no")), none);
    expect(await failing).toEqual({ problem: "host_unknown" });
  });

  test("of the operator's own network is taken without TLS too", async () => {
    expect(await find("http://chat.internal/x", ["10.0.0.1"], blockList(["10.0.0.0/8"]))).toEqual({
      addresses: ["10.0.0.1"],
    });
  });
});
