import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ADDRESS_HEADER, callerAddress, placeOf } from "./caller-address";

const settings = vi.hoisted(() => ({ TRUST_PROXY: false }));
vi.mock("@/lib/platform/env", () => ({ env: () => settings }));
beforeEach(() => {
  settings.TRUST_PROXY = false;
});

const from = (headers: Record<string, string>) => callerAddress(new Headers(headers));

describe("a caller's address", () => {
  test("is what our server saw, whatever the caller says of itself", () => {
    expect(from({ [ADDRESS_HEADER]: "203.0.113.7", "x-forwarded-for": "198.51.100.1" })).toBe("203.0.113.7");
    expect(from({ [ADDRESS_HEADER]: "::ffff:203.0.113.7" })).toBe("203.0.113.7");
    expect(from({ "x-forwarded-for": "198.51.100.1" })).toBeNull();
  });

  test("behind a trusted proxy is the entry that the proxy added, not one that the caller sent", () => {
    settings.TRUST_PROXY = true;
    expect(from({ [ADDRESS_HEADER]: "10.0.0.2", "x-forwarded-for": "1.2.3.4, 198.51.100.9" })).toBe("198.51.100.9");
    expect(from({ [ADDRESS_HEADER]: "10.0.0.2" })).toBe("10.0.0.2");
  });

  test.each([
    ["198.51.100.9:50123", "198.51.100.9"],
    ["[2001:db8::9]:50123", "2001:db8::9"],
    ["[2001:db8::9]", "2001:db8::9"],
    ["2001:db8::9:443", "2001:db8::9:443"],
  ])("is without the port that a proxy adds: %s", (told, address) => {
    settings.TRUST_PROXY = true;
    expect(from({ "x-forwarded-for": told })).toBe(address);
  });
});

describe("the place that tries are counted for", () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));

  test("is one for all addresses of a /64, and another for each /64", () => {
    const halves = fc.array(group, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(halves, halves, halves, (network, one, other) => {
        const place = placeOf([...network, ...one].join(":"));
        expect(placeOf([...network, ...other].join(":").toUpperCase())).toBe(place);
        expect(place).toBe(`${network.join(":")}::/64`);
      }),
    );
    expect(placeOf("2001:db8::1")).toBe(placeOf("2001:0db8:0:0:ffff::"));
    expect(placeOf("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
    fc.assert(
      fc.property(fc.ipV6(), (written) => {
        expect(placeOf(written)).toMatch(/^([0-9a-f]+:){4}:\/64$/);
      }),
    );
  });

  test("is the address itself where it is none of IPv6", () => {
    for (const known of ["203.0.113.7", "unix", null]) expect(placeOf(known)).toBe(known);
  });
});
