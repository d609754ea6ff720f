import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { openSealed, reseal, type Sealed, type SealPlace, seal } from "./crypto";
import { setRuntime } from "./runtime";

const runtimeWith = (appSecret: string, appSecretPrevious: string | null = null) =>
  setRuntime({ databaseAppUrl: "", sandboxUrl: null, appSecret, appSecretPrevious });

const SECRET = "a secret that is long enough to be taken";
beforeAll(() => runtimeWith(SECRET));

const places: fc.Arbitrary<SealPlace> = fc.oneof(
  fc.record({ teamId: fc.uuid(), rowId: fc.uuid() }),
  fc.record({ table: fc.constantFrom("mail", "second_factor"), rowId: fc.uuid() }),
);

/** What may happen to stored bytes, or to where they stand. */
type Harm = (sealed: Sealed, place: SealPlace) => [Sealed, SealPlace];

const flipped = (bytes: Uint8Array, at: number, bit: number) =>
  bytes.map((byte, index) => (index === at % bytes.length ? byte ^ (1 << bit) : byte));
const bit = fc.integer({ min: 0, max: 7 });

const harms: fc.Arbitrary<Harm> = fc.oneof(
  fc.constant<Harm>((sealed, place) => [sealed, { ...place, rowId: randomUUID() }]),
  fc.constant<Harm>((sealed, place) => [
    sealed,
    "teamId" in place ? { ...place, teamId: randomUUID() } : { teamId: randomUUID(), rowId: place.rowId },
  ]),
  fc
    .constantFrom("mail", "second_factor", "webhook")
    .map<Harm>((table) => (sealed, place) => [
      sealed,
      { table: "table" in place && place.table === table ? "another" : table, rowId: place.rowId },
    ]),
  fc.tuple(fc.nat(), bit).map<Harm>(([at, which]) => (sealed, place) => [
    { ...sealed, ciphertext: flipped(sealed.ciphertext, at, which) },
    place,
  ]),
  fc.tuple(fc.nat(), bit).map<Harm>(([at, which]) => (sealed, place) => [
    { ...sealed, nonce: flipped(sealed.nonce, at, which) },
    place,
  ]),
  fc
    .nat()
    .map<Harm>((length) => (sealed, place) => [
      { ...sealed, ciphertext: sealed.ciphertext.slice(0, length % sealed.ciphertext.length) },
      place,
    ]),
  fc
    .uint8Array({ minLength: 1, maxLength: 40 })
    .map<Harm>((more) => (sealed, place) => [
      { ...sealed, ciphertext: Buffer.concat([sealed.ciphertext, more]) },
      place,
    ]),
  fc.constant<Harm>((sealed, place) => [{ ...sealed, ciphertext: seal("another text", place).ciphertext }, place]),
  fc.constant<Harm>((sealed, place) => [{ ...sealed, keyId: "0123456789abcdef" }, place]),
);

describe("a sealed text", () => {
  test("opens where it was sealed, and again after the secret was changed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), places, (text, place) => {
        runtimeWith(SECRET);
        const sealed = seal(text, place);
        runtimeWith("another secret that is long enough too", SECRET);
        const anew = reseal(sealed, place);
        runtimeWith("another secret that is long enough too");
        expect(openSealed(anew, place)).toBe(Buffer.from(text, "utf8").toString("utf8"));
        expect(() => openSealed(sealed, place)).toThrow("does not have");
        runtimeWith(SECRET);
      }),
      { numRuns: 300 },
    );
  });

  test("never has the nonce of another one, not even of the same text at the same place", () => {
    const place = { table: "mail", rowId: randomUUID() };
    const nonces = Array.from({ length: 1_000 }, () => Buffer.from(seal("the same", place).nonce).toString("hex"));
    expect(new Set(nonces).size).toBe(1_000);
  });

  test("moved to another row, team or table, cut, lengthened or flipped anywhere is refused, in 10,000 cases", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80 }), places, harms, (text, place, harm) => {
        const [sealed, where] = harm(seal(text, place), place);
        expect(() => openSealed(sealed, where)).toThrow();
      }),
      { numRuns: 10_000 },
    );
  });
});
