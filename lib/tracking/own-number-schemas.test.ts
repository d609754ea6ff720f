import fc from "fast-check";
import { expect, test } from "vitest";
import { createOwnNumberSchema } from "./own-number-schemas";

const parse = (over: object) => createOwnNumberSchema.safeParse({ region: "US", month: "2026-10", ...over });
const mistakes = (over: object) =>
  parse(over).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

test("figures are understood as people type them, and an empty field is missing and not 0", () => {
  expect(parse({ ctrPct: " 1.83 % ", cvrPct: "０", cpa: "1,234.5", cost: "", currency: "cny" }).data).toMatchObject({
    ctrPct: 1.83,
    cvrPct: 0,
    cpa: 1234.5,
    cost: null,
    sixSecondViewRatePct: null,
    currency: "CNY",
  });
});

test("what cannot be is named at its field", () => {
  expect(mistakes({ month: "2026-13" })).toEqual(["month: own_month_unknown"]);
  expect(mistakes({ ctrPct: -1 })).toEqual(["ctrPct: own_figure_negative"]);
  expect(mistakes({ cvrPct: "100.1" })).toEqual(["cvrPct: own_rate_too_high"]);
  expect(mistakes({ cpa: "1e13" })).toEqual(["cpa: own_figure_unknown"]);
  expect(mistakes({ cost: 1e13 })).toEqual(["cost: own_amount_too_high"]);
  expect(mistakes({ cost: "1,23" })).toEqual(["cost: own_figure_unknown"]);
  expect(mistakes({ currency: "XYZ" })).toEqual(["currency: own_currency_unknown"]);
});

test("every rate from 0 to 100 is read back as it was written", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
      expect(parse({ ctrPct: `${(hundredths / 100).toFixed(2)}%` }).data?.ctrPct).toBe(hundredths / 100);
    }),
  );
});
