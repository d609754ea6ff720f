import fc from "fast-check";
import { expect, test } from "vitest";
import { newRecoveryCodes, recoveryHash } from "./recovery-codes";
import { newTotpSecret, totpCode, totpStep, totpUri } from "./totp";

/** The secret of RFC 6238, appendix B ("12345678901234567890"), and its codes, of which we take the last six digits. */
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
])("at second %i the code is that of RFC 6238", (second, code) => {
  expect(totpCode(RFC_SECRET, second * 1000)).toBe(code);
  expect(totpStep(RFC_SECRET, code, second * 1000)).toBe(Math.floor(second / 30));
});

test("a code holds for its step and half a minute around it, and names its own step", () => {
  const at = 1_800_000_000_000;
  const code = totpCode(RFC_SECRET, at);
  const step = at / 30_000;
  expect([-60, -30, 0, 29, 30, 59, 60].map((s) => totpStep(RFC_SECRET, code, at + s * 1000))).toEqual([
    null,
    step,
    step,
    step,
    step,
    step,
    null,
  ]);
});

test("whatever else is typed is no code", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (typed) => {
      fc.pre(!/^\d{6}$/.test(typed));
      expect(totpStep(RFC_SECRET, typed, 0)).toBeNull();
    }),
  );
});

test("secrets are 160 random bits, and the QR code names issuer and account", () => {
  const secrets = new Set(Array.from({ length: 50 }, newTotpSecret));
  expect(secrets.size).toBe(50);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const uri = new URL(totpUri(RFC_SECRET, "mia+x@example.com"));
  expect(uri.protocol).toBe("otpauth:");
  expect(decodeURIComponent(uri.pathname)).toContain("mia+x@example.com");
  expect(uri.searchParams.get("issuer")).toBe("Nichebook");
});

test("a recovery code is known however it was typed, and nothing else is one", () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) {
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    const hash = recoveryHash(code);
    expect(recoveryHash(` ${code.toLowerCase().replaceAll("-", " ").replaceAll("1", "l").replaceAll("0", "o")} `)).toBe(
      hash,
    );
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(recoveryHash("ABCD-EFGH-JKMN-PQRS")).toBe(recoveryHash("abcdefghjkmnpqrs"));
  for (const odd of ["", "123456", "🙂".repeat(24), "U".repeat(24), "A".repeat(17), "A".repeat(25)])
    expect(recoveryHash(odd)).toBeNull();
});
