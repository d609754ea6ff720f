import { beforeEach, describe, expect, test, vi } from "vitest";
import { ADDRESS_HEADER, callerAddress } from "./caller-address";

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
});
