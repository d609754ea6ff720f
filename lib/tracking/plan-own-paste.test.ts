import { expect, test } from "vitest";
import type { OwnNumber } from "./own-number-schemas";
import { planOwnPaste } from "./plan-own-paste";
import type { PastedNumber } from "./understand-own-numbers";

const ID = "01a21b0d-210e-77de-9e2c-9b4e72506d40";
const there = (over: Partial<OwnNumber> = {}): OwnNumber => ({
  id: ID,
  categoryId: "91",
  region: "US",
  month: "2026-10",
  ctrPct: 1,
  cvrPct: null,
  sixSecondViewRatePct: null,
  cpa: 5,
  cost: null,
  currency: "USD",
  maker: null,
  version: 3,
  updatedAt: "2026-11-01T00:00:00.000Z",
  ...over,
});
const pasted = (over: Partial<PastedNumber> = {}): PastedNumber => ({
  line: 2,
  region: "US",
  month: "2026-10",
  figures: { ctrPct: 2 },
  currency: null,
  ...over,
});
const plan = (number: PastedNumber, ...existing: OwnNumber[]) =>
  planOwnPaste({ numbers: [number], misses: [], ignored: [] }, existing, "2026-11");

test("a month that is there keeps what the table does not have, and is told with what it was", () => {
  expect(plan(pasted(), there()).changed).toMatchObject([
    { id: ID, version: 3, ctrPct: 2, cpa: 5, currency: "USD", before: { ctrPct: 1, cpa: 5 } },
  ]);
  expect(plan(pasted({ figures: { ctrPct: 1 } }), there())).toMatchObject({ changed: [], entered: [], same: 1 });
  expect(plan(pasted(), there({ region: "GB" })).entered).toMatchObject([{ ctrPct: 2, cpa: null, currency: null }]);
});

test("a month to come, an amount without its currency, and one under another's are left out", () => {
  const reasonOf = (number: PastedNumber, ...existing: OwnNumber[]) =>
    plan(number, ...existing).notUnderstood[0]?.reason;
  expect(reasonOf(pasted({ month: "2026-12" }))).toBe("future");
  expect(reasonOf(pasted({ figures: { cost: 9 } }))).toBe("currencyMissing");
  expect(reasonOf(pasted({ figures: { cost: 9 }, currency: "EUR" }), there())).toBe("currencies");
  expect(plan(pasted({ figures: { cost: 9 } }), there()).changed).toMatchObject([{ cost: 9, currency: "USD" }]);
  const both = pasted({ figures: { cost: 9, cpa: 4 }, currency: "EUR" });
  expect(plan(both, there()).changed).toMatchObject([{ cost: 9, cpa: 4, currency: "EUR" }]);
});
