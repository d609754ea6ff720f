import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SLOTS } from "./prepare-stacked-bars";
import { slotsOf } from "./slots-of";

const keys = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 });

describe("colours by identity", () => {
  test("are all different, the same in any order, and the key's own when it is alone", () => {
    fc.assert(
      fc.property(keys, fc.nat(), (given, turn) => {
        const slots = slotsOf(given);
        expect(new Set(slots.values()).size).toBe(given.length);
        for (const slot of slots.values()) expect(Array.from({ length: SLOTS }, (_, one) => one)).toContain(slot);
        const at = turn % given.length;
        expect(slotsOf([...given.slice(at), ...given.slice(0, at)])).toEqual(slots);
      }),
    );
  });

  test("stay when another series that wants another colour comes or goes", () => {
    const [a = "", b = ""] = ["601583/US", "601584/US", "601585/US"].filter(
      (key, index, all) => all.findIndex((one) => slotsOf([one]).get(one) === slotsOf([key]).get(key)) === index,
    );
    expect(slotsOf([a, b]).get(a)).toBe(slotsOf([a]).get(a));
    expect(slotsOf([b, a]).get(b)).toBe(slotsOf([b]).get(b));
  });
});
