import { expect, test } from "vitest";
import { savingsRows } from "./savings-columns";
import type { Savings } from "./savings-schemas";

const figures = { spent: 40, repeated: 4, unopened: 6, unchanged: 8 };
const SAVINGS: Savings = {
  period: { from: "2026-10-01", to: "2026-10-31", isRunning: false },
  periods: [],
  visibility: "all",
  ...figures,
  purchases: { repeated: 2, unopened: 3, unchanged: 4 },
  openedSince: null,
  byMember: [{ key: "m", name: "Mia", ...figures, withoutRepeats: 36 }],
  bySearch: [{ key: "s", name: "All", kind: "search", ...figures, rarer: [{ days: 7, credits: 20 }], stopped: null }],
  bySchedule: [
    {
      key: "d",
      name: "All",
      kind: "search",
      ...figures,
      renews: null,
      rarer: [{ cadence: "weekly", credits: 10 }],
      stopped: 0,
    },
  ],
  freshness: { minutes: 60, version: 1, longer: [{ minutes: 1440, credits: 30 }] },
};

test("what it would have cost otherwise follows its line; what nobody can know is left out, and 0 is not", () => {
  const rows = savingsRows(SAVINGS).map((row) => [
    row.section,
    row.key,
    row.spent,
    row.otherwise,
    row.otherwiseCredits,
  ]);
  expect(rows).toEqual([
    ["total", "2026-10-01/2026-10-31", 40, undefined, undefined],
    ["total", "2026-10-01/2026-10-31", undefined, "fresh_for_1440_minutes", 30],
    ["member", "m", 40, undefined, undefined],
    ["member", "m", undefined, "without_repeats", 36],
    ["search", "s", 40, undefined, undefined],
    ["search", "s", undefined, "every_7_days", 20],
    ["schedule", "d", 40, undefined, undefined],
    ["schedule", "d", undefined, "weekly", 10],
    ["schedule", "d", undefined, "stopped", 0],
  ]);
});
