import { expect, test } from "vitest";
import { priceOfCheck, type StatedPair } from "./price-of-check";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 27, 12, minute));
const pair = (from: number, to: number, after: number): StatedPair => ({
  from: at(from),
  to: at(to),
  before: 1000,
  after,
  span: { charged: 24, topUps: 0, doubts: [] },
});

test("two balances around a check tell whether the account lost what the ledger says", () => {
  expect(priceOfCheck([pair(0, 10, 976)], at(2), at(5))).toMatchObject({ verdict: "as_told", charged: 24, drift: 0 });
  expect(priceOfCheck([pair(0, 10, 970)], at(2), at(5))).toMatchObject({ verdict: "more", drift: 6 });
  expect(priceOfCheck([pair(0, 10, 980)], at(2), at(5))).toMatchObject({ verdict: "less", drift: -4 });
});

test("nothing is known without balances on both sides, or of a check that sent nothing", () => {
  for (const pairs of [[], [pair(0, 3, 976)], [pair(3, 10, 976)]]) {
    expect(priceOfCheck(pairs, at(2), at(5))).toMatchObject({ verdict: "unknown", drift: null });
  }
  expect(priceOfCheck([pair(0, 10, 976)], null, null)).toMatchObject({ verdict: "unknown" });
});
