import fc from "fast-check";
import { expect, test } from "vitest";
import { arrivalsOf, type BoughtPage } from "./arrivals";

const page = (nth: number, categories: (string | null)[], at = "2026-11-20T10:00:00.000Z"): BoughtPage => ({
  page: nth,
  fetchedAt: at,
  receiptId: `r${nth}`,
  categories,
});
const told = (before: BoughtPage[], after: BoughtPage[]) =>
  arrivalsOf(before, after).map(({ kind, categoryId, position }) => [kind, categoryId, position]);

test("what only one side holds is new or gone, with its place", () => {
  expect(told([page(1, ["a", "b"])], [page(1, ["b", "c"])])).toEqual([
    ["new", "c", 2],
    ["gone", "a", 1],
  ]);
});

test("nothing is gone that may stand on a page that was not bought", () => {
  const before = [page(1, ["a"]), page(2, ["b"])];
  expect(told(before, [page(1, ["a"])])).toEqual([]);
  expect(told(before, [page(1, ["a"]), page(3, ["c"])])).toEqual([]);
  expect(told(before, [])).toEqual([]);
});

test("what is known from a page beyond the common ones is neither new nor gone", () => {
  expect(told([page(1, ["a"]), page(3, ["b"])], [page(1, ["b"])])).toEqual([["gone", "a", 1]]);
});

test("pages of different times are not one ranking", () => {
  const after = [page(1, ["a"]), page(2, ["c"], "2026-11-21T10:00:00.000Z")];
  expect(told([page(1, ["a"]), page(2, ["b"])], after)).toEqual([]);
});

test("the same pages give nothing, and turning time around turns new into gone", () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 40 }).map(String), { maxLength: 20 });
  fc.assert(
    fc.property(ids, ids, (was, is) => {
      expect(told([page(1, was)], [page(1, was)])).toEqual([]);
      const turned = told([page(1, is)], [page(1, was)]).map(([kind, ...rest]) => [
        kind === "new" ? "gone" : "new",
        ...rest,
      ]);
      expect(turned.sort()).toEqual(told([page(1, was)], [page(1, is)]).sort());
    }),
  );
});
