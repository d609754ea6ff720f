import * as argon2 from "@node-rs/argon2";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { COMMON_PASSWORDS } from "./common-passwords";
import { assertPasswordIsOwn, hashPassword, verifyPassword } from "./passwords";

vi.mock("@node-rs/argon2", { spy: true });
beforeEach(() => {
  vi.clearAllMocks();
});

describe("a password", () => {
  test("is kept as argon2id and only itself opens it, however its letters were composed", async () => {
    const stored = await hashPassword("caf\u00e9 au lait sans sucre");
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(stored, "cafe\u0301 au lait sans sucre")).toBe(true);
    expect(await verifyPassword(stored, "cafe au lait sans sucre")).toBe(false);
  });

  test("for an unknown account costs the same work as for a known one, and is never right", async () => {
    const stored = await hashPassword("violet harbour lantern");
    await verifyPassword(stored, "wrong");
    expect(await verifyPassword(null, "wrong")).toBe(false);
    const [known, unknown] = vi.mocked(argon2.verify).mock.calls;
    expect(vi.mocked(argon2.verify)).toHaveBeenCalledTimes(2);
    const costOf = (call: typeof known) => {
      const { saltLen, outputLen, memoryCost, timeCost, parallelism, algorithm } = argon2.parseOptions(call?.[0] ?? "");
      return { saltLen, outputLen, memoryCost, timeCost, parallelism, algorithm };
    };
    expect(costOf(unknown)).toEqual(costOf(known));
  });

  test("is held against more than three thousand common ones that are long enough, each as it is compared", () => {
    expect(COMMON_PASSWORDS.size).toBeGreaterThan(3000);
    const odd = [...COMMON_PASSWORDS].filter((known) => known !== known.normalize("NFKC").toLowerCase());
    expect(odd).toEqual([]);
    expect([...COMMON_PASSWORDS].filter(({ length }) => length >= 12).length).toBeGreaterThan(3000);
  });

  test.each([
    "chickenwing101",
    "ManchesterUnited",
    "123456789012",
    "Password1234",
    "QWERTYUIOP123",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "abcdabcdabcd12",
  ])("such as %s is refused as everybody's", (password) => {
    expect(() => assertPasswordIsOwn(password, { email: "mia@example.com", name: "Mia" })).toThrow(
      expect.objectContaining({ details: { errors: [{ path: "password", message: "password_common" }] } }),
    );
  });

  test("that is one's own name or email is refused, a sentence is not", () => {
    const account = { email: "mia.keller@example.com", name: "Mia von Keller" };
    for (const password of ["Mia.Keller@example.com", "mia von keller"]) {
      expect(() => assertPasswordIsOwn(password, account)).toThrow();
    }
    for (const password of ["correct horse battery staple", "hunter2hunter2", "long-enough-password"]) {
      expect(() => assertPasswordIsOwn(password, account)).not.toThrow();
    }
  });
});
