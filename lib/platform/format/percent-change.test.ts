import { expect, test } from "vitest";
import { percentChange } from "./percent-change";

test("a change is in per cent of what it was, whatever its sign, and of 0 there is none", () => {
  expect([percentChange(4, 5), percentChange(-4, -5), percentChange(-4, 4)]).toEqual([25, -25, 200]);
  expect([percentChange(0, 5), percentChange(null, 5), percentChange(5, null)]).toEqual([null, null, null]);
});
