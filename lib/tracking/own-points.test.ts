import { expect, test } from "vitest";
import { monthNumber } from "@/lib/insights/day-points";
import type { OwnNumber } from "./own-number-schemas";
import { ownLine } from "./own-points";

const number = (over: Partial<OwnNumber>): OwnNumber => ({
  id: "01a21a64-aec4-70db-8c92-9639a34423cf",
  categoryId: "1",
  region: "US",
  month: "2026-10",
  ctrPct: null,
  cvrPct: null,
  sixSecondViewRatePct: null,
  cpa: null,
  cost: null,
  currency: null,
  maker: null,
  version: 1,
  updatedAt: "2026-11-01T00:00:00.000Z",
  ...over,
});

test("own figures are a line of their region's months, oldest first, without those that are missing", () => {
  const numbers = [
    number({ month: "2026-10", ctrPct: 0 }),
    number({ month: "2026-09" }),
    number({ month: "2026-08", ctrPct: 1.5 }),
    number({ month: "2026-07", ctrPct: 9, region: "GB" }),
  ];
  expect(ownLine(numbers, "US", "ctrPct")).toEqual({
    points: [
      { x: monthNumber("2026-08"), value: 1.5 },
      { x: monthNumber("2026-10"), value: 0 },
    ],
    currency: null,
  });
  expect(ownLine(numbers, "DE", "ctrPct")).toBeNull();
  expect(ownLine(numbers, "US", "posts")).toBeNull();
});

test("amounts of different currencies never share a line", () => {
  const numbers = [
    number({ month: "2026-10", cpa: 5, currency: "USD" }),
    number({ month: "2026-09", cpa: 36, currency: "CNY" }),
  ];
  expect(ownLine(numbers, "US", "cpa")).toEqual({
    points: [{ x: monthNumber("2026-10"), value: 5 }],
    currency: "USD",
  });
});
