import { describe, expect, test } from "vitest";
import { importHistorySchema } from "./import-schemas";
import { dayIn } from "./sheet-cells";
import { understandSheet } from "./understand-sheet";

const CATEGORIES = [
  { id: "91", level: 3, names: ["Our scent", "Perfume"] },
  { id: "92", level: 3, names: ["Mist"] },
  { id: "93", level: 3, names: ["Mist"] },
  { id: "5", level: 2, names: ["Makeup"] },
];
const read = (text: string, over: object = {}) =>
  understandSheet(
    importHistorySchema.parse({ name: "old.csv", text, region: "US", ...over }),
    CATEGORIES,
    "2026-11-27",
  );

test("a day is read as sheets write it, and none that does not exist", () => {
  expect(["2026-10-05", "2026/1/5", "20261005", "2026年10月5日", "2026-10-05 00:00"].map(dayIn)).toEqual([
    "2026-10-05",
    "2026-01-05",
    "2026-10-05",
    "2026-10-05",
    "2026-10-05",
  ]);
  expect(["2026-02-30", "2026-10", "5/10/2026", ""].map(dayIn)).toEqual([null, null, null, null]);
});

describe("a sheet", () => {
  test("is understood by its heads, its categories by id, provider's and own name, in either language", () => {
    const text =
      "月份,类目,国家/地区,点击率,热度,备注\n2025-10,Perfume,英国,1.8%,1.2万,x\n2025-11,our SCENT,,2%,,x\n2025-11,91,GB,3%,,x";
    const { points, misses, columns, lacks } = read(text);
    expect(lacks).toBeNull();
    expect(misses).toEqual([]);
    expect(columns.at(-1)).toEqual({ head: "备注", holds: null });
    expect(points).toEqual([
      { line: 2, categoryId: "91", region: "GB", at: "2025-10", figures: { ctrPct: 1.8, posts: 12_000 } },
      { line: 3, categoryId: "91", region: "US", at: "2025-11", figures: { ctrPct: 2 } },
      { line: 4, categoryId: "91", region: "GB", at: "2025-11", figures: { ctrPct: 3 } },
    ]);
  });

  test("is read as its columns were said to be, by days where its figures are of rolling windows", () => {
    const text = "a,b,c\n2025-10-05,91,4.92\n2025-10,91,5";
    expect(read(text).lacks).toBe("month");
    const { points, misses } = read(text, { columns: ["month", "category", "cpa"], window: "7" });
    expect(points).toMatchObject([{ at: "2025-10-05", figures: { cpa: 4.92 } }]);
    expect(misses).toMatchObject([{ line: 3, reason: "date" }]);
  });

  test("names each line of which it keeps nothing, and why", () => {
    const lines = [
      ["2027-01", "91", "US", "1", "", "future"],
      ["2025-01", "91", "Atlantis", "1", "", "region"],
      ["2025-01", "Perfumes", "US", "1", "", "category"],
      ["2025-01", "Makeup", "US", "1", "", "level"],
      ["2025-01", "Mist", "US", "1", "", "ambiguous"],
      ["2025-01", "91", "US", "1-5", "", "figure"],
      ["2025-01", "91", "US", "", "0.5", "figure"],
      ["2025-01", "91", "US", "101", "", "rate"],
      ["2025-01", "91", "US", "", "", "nothing"],
    ];
    const text = ["Month,Category,Region,CTR,Rank", ...lines.map((cells) => cells.slice(0, 5).join())].join("\n");
    expect(read(text).misses.map(({ reason }) => reason)).toEqual(lines.map((cells) => cells[5]));
    const twice = "Month\tCategory\tRank\n2025-01\t91\t#3\n2025-01\tPerfume\t4";
    expect(read(twice)).toMatchObject({ points: [{ figures: { rank: 3 } }], misses: [{ line: 3, reason: "twice" }] });
  });
});
