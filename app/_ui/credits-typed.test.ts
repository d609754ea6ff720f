import { expect, test } from "vitest";
import { creditsTyped } from "./credits-typed";

test.each([
  ["", null],
  ["  ", null],
  [null, null],
  ["50", 50],
  [" 1,000 ", 1000],
  ["12 000", 12000],
  ["0", 0],
  ["-5", -5],
  ["1.5", 1.5],
  ["1,5", "1,5"],
  ["abc", "abc"],
  ["1e5", "1e5"],
])("%j typed means %j", (typed, meant) => {
  expect(creditsTyped(typed)).toBe(meant);
});
