import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deedOf, GOES } from "./keys";

describe("a key without a modifier", () => {
  test("goes to a page after a g, within a second and a half", () => {
    for (const [key, , path] of GOES) {
      expect(deedOf({ key, at: 1000 }, { key: "g", at: 0 })).toEqual({ go: path });
      expect(deedOf({ key, at: 1500 }, { key: "g", at: 0 })).toBeNull();
      expect(deedOf({ key, at: 1000 }, { key: "x", at: 0 })).toBeNull();
    }
  });

  test("opens what it is for, and does nothing otherwise", () => {
    expect(deedOf({ key: "/", at: 0 }, null)).toEqual({ open: "find" });
    expect(deedOf({ key: "?", at: 0 }, { key: "g", at: -1 })).toEqual({ open: "keys" });
    expect(deedOf({ key: "l", at: 0 }, null)).toEqual({ copy: true });
    const others = fc.string().filter((key) => !["/", "?", "l"].includes(key));
    fc.assert(fc.property(others, (key) => deedOf({ key, at: 0 }, null) === null));
  });

  test("leads to each page by a key of its own, none of which does something else", () => {
    const keys = GOES.map(([key]) => key);
    expect(new Set([...keys, "g", "l", "/", "?"]).size).toBe(keys.length + 4);
  });
});
