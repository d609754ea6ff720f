import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PageAnswer, tryPlace } from "./try-place";

/** Pages in their order, each with the categories on it. */
const bought = (...pages: [page: number, ...categories: string[]][]): PageAnswer[] =>
  pages.map(([page, ...categories], nth) => ({
    page,
    at: nth,
    snapshotId: String(nth),
    places: new Map(categories.map((category, index) => [category, (page - 1) * 20 + index + 1])),
  }));
const enters = (value: number) => ({ condition: "enters_top" as const, value });
const leaves = (value: number) => ({ condition: "leaves_top" as const, value });
const isNew = { condition: "is_new" as const, value: null };

describe("a rule about places", () => {
  test("tells who enters the top, from below or from nowhere once the pages were bought", () => {
    expect(tryPlace(enters(2), bought([1, "a", "b", "c"], [1, "a", "c"]), "c")).toMatchObject({
      oldValue: 3,
      newValue: 2,
    });
    expect(tryPlace(enters(2), bought([1, "a", "b"], [1, "a", "c"]), "c")).toMatchObject({
      oldValue: null,
      newValue: 2,
    });
    expect(tryPlace(enters(2), bought([1, "a", "c"]), "c")).toBeNull();
    // Page 2 was never bought: whether it was among the top 40 before is not known.
    expect(tryPlace(enters(40), bought([1, "a", "b"], [1, "a", "c"]), "c")).toBeNull();
    expect(tryPlace(enters(40), bought([1, "a"], [2, "b"], [1, "c"]), "c")).not.toBeNull();
  });

  test("tells who leaves the top only when the pages were bought on which it could be", () => {
    expect(tryPlace(leaves(20), bought([1, "a", "b"], [1, "a"]), "b")).toMatchObject({ oldValue: 2, newValue: null });
    expect(tryPlace(leaves(20), bought([1, "a", "b"], [2, "x"]), "b")).toBeNull();
    expect(tryPlace(leaves(20), bought([1, "a", "b"], [2, "b"]), "b")).toMatchObject({ oldValue: 2, newValue: 21 });
    expect(tryPlace(leaves(40), bought([1, "a", "b"], [1, "a"]), "b")).toBeNull();
    expect(tryPlace(leaves(40), bought([1, "a", "b"], [1, "a"], [2, "x"]), "b")).not.toBeNull();
    expect(tryPlace(leaves(40), bought([1, "a", "b"], [1, "a"], [2, "x"], [2, "x"]), "b")).toBeNull();
  });

  test("tells who is new only on a page that was bought before", () => {
    expect(tryPlace(isNew, bought([1, "a"], [1, "a", "b"]), "b")).toMatchObject({ oldValue: null, newValue: 2 });
    expect(tryPlace(isNew, bought([1, "a"], [2, "b"]), "b")).toBeNull();
    expect(tryPlace(isNew, bought([1, "b"], [1, "a"], [1, "b"]), "b")).toBeNull();
  });

  test("never tells two comings, or two goings, without the other between", () => {
    const pages = fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.shuffledSubarray(["a", "b", "c", "d", "e"])), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(pages, fc.integer({ min: 1, max: 25 }), (given, top) => {
        const answers = bought(...given.map(([page, held]) => [page, ...held] as [number, ...string[]]));
        let last = "";
        for (let count = 1; count <= answers.length; count++) {
          const past = answers.slice(0, count);
          const told = [enters(top), leaves(top)].filter((rule) => tryPlace(rule, past, "c"));
          expect(told.length).toBeLessThan(2);
          for (const { condition } of told) {
            expect(condition).not.toBe(last);
            last = condition;
          }
        }
      }),
    );
  });
});
