import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amountIn, currencyIn, monthIn, regionIn, splitTable } from "./sheet-cells";
import { columnOfHead, SHEET_COLUMNS } from "./sheet-columns";
import { understandOwnNumbers } from "./understand-own-numbers";

const usual = { region: "US", currency: null } as const;
const table = (...rows: string[][]) => rows.map((cells) => cells.join("\t")).join("\n");

describe("a cell", () => {
  test.each([
    ["2026-10", "2026-10"],
    ["2026/1/31", "2026-01"],
    ["2026-10-05 00:00:00", "2026-10"],
    ["202610", "2026-10"],
    ["10/2026", "2026-10"],
    ["Oct 2026", "2026-10"],
    ["Oct-26", "2026-10"],
    ["2026 October", "2026-10"],
    ["Sept. 2026", "2026-09"],
    ["2026年10月", "2026-10"],
    ["２０２６年１０月５日", "2026-10"],
    ["2026-13", null],
    ["10/11", null],
    ["Octember 2026", null],
    ["", null],
  ])("says the month of “%s”: %s", (text, month) => {
    expect(monthIn(text)).toBe(month);
  });

  test.each([
    ["us", "US"],
    ["美国", "US"],
    ["United Kingdom", "GB"],
    ["UK", "GB"],
    ["全部地区", "all_regions"],
    ["Atlantis", null],
  ])("says the region of “%s”: %s", (text, region) => {
    expect(regionIn(text)).toBe(region);
  });

  test.each([
    ["1.83%", 1.83, null],
    [" 1,234.5 ", 1234.5, null],
    ["１，２３４", 1234, null],
    ["US$ 1,234", 1234, "USD"],
    ["1234 EUR", 1234, "EUR"],
    ["€4.92", 4.92, "EUR"],
    ["$4.92", 4.92, null],
    ["12.5万", 125_000, null],
    ["3.4K", 3400, null],
    ["100元", 100, "CNY"],
  ])("says the number and the currency of “%s”", (text, value, currency) => {
    expect(amountIn(text)).toEqual({ value, currency });
  });

  test("that could be read in two ways, or is none, is no number; an empty one is missing and not 0", () => {
    for (const text of ["1,23", "1.234,5", "1 to 2", "about 5", "1..2"])
      expect([text, amountIn(text)]).toEqual([text, null]);
    for (const text of ["", " ", "-", "—", "N/A", "无"]) expect([text, amountIn(text)]).toEqual([text, undefined]);
    expect([currencyIn("usd"), currencyIn("€"), currencyIn("$"), currencyIn("XYZ")]).toEqual([
      "USD",
      "EUR",
      null,
      null,
    ]);
  });

  test("with any amount is read back as either language writes it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.constantFrom("en", "zh-CN"), (cents, locale) => {
        const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(cents / 100);
        expect(amountIn(text)?.value).toBe(cents / 100);
      }),
    );
  });

  test("is found between tabs, semicolons or commas, also with separators and lines in quotes", () => {
    expect(splitTable('a,"b, ""c""\nd",e\r\n\r\n1,2,3')).toEqual([
      { line: 1, cells: ["a", 'b, "c" d', "e"] },
      { line: 4, cells: ["1", "2", "3"] },
    ]);
    expect(splitTable("\uFEFFa;b\n1;2").map(({ cells }) => cells)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });
});

test("a head is known in either language, with its unit", () => {
  expect(["Month", "CTR (%)", "CVR, %", "Spend (USD)", "点击率（%）", "6秒播放率", "Region"].map(columnOfHead)).toEqual(
    ["month", "ctrPct", "cvrPct", "cost", "ctrPct", "sixSecondViewRatePct", "region"],
  );
  expect(columnOfHead("ROAS")).toBeNull();
  expect(SHEET_COLUMNS.length).toBeGreaterThan(8);
});

describe("a table of own numbers", () => {
  test("is understood in Chinese, with regions, and currencies from the head", () => {
    const text = table(
      ["月份", "国家/地区", "点击率", "每次转化成本（EUR）", "ROAS"],
      ["2026年10月", "英国", "1.83%", "4.92", "3"],
      ["2026年9月", "", "-", "5", "3"],
    );
    expect(understandOwnNumbers(text, usual)).toEqual({
      numbers: [
        { line: 2, region: "GB", month: "2026-10", figures: { ctrPct: 1.83, cpa: 4.92 }, currency: "EUR" },
        { line: 3, region: "US", month: "2026-09", figures: { cpa: 5 }, currency: "EUR" },
      ],
      misses: [],
      ignored: ["ROAS"],
      missing: null,
    });
  });

  test("names each line of which it keeps nothing, and why", () => {
    const text = table(
      ["Month", "Region", "CTR", "CPA", "Spend", "Currency"],
      ["soon", "US", "1", "", "", ""],
      ["2026-10", "Atlantis", "1", "", "", ""],
      ["2026-10", "US", "1,5", "", "", ""],
      ["2026-10", "US", "101%", "", "", ""],
      ["2026-10", "US", "", "€5", "$6", "USD"],
      ["2026-10", "US", "", "5", "", "XYZ"],
      ["2026-10", "US", "", "", "", ""],
      ["2026-10", "US", "1", "", "", ""],
      ["Oct 2026", "美国", "2", "", "", ""],
    );
    const { numbers, misses } = understandOwnNumbers(text, usual);
    expect(numbers.map(({ line }) => line)).toEqual([9]);
    expect(misses.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      "2 month",
      "3 region",
      "4 figure",
      "5 rate",
      "6 currencies",
      "7 currency",
      "8 nothing",
      "10 twice",
    ]);
  });

  test("without a month or a figure in its first line says which is missing", () => {
    expect(understandOwnNumbers("2026-10\t1.83", usual).missing).toBe("month");
    expect(understandOwnNumbers("Month\tROAS\n2026-10\t3", usual).missing).toBe("figure");
  });

  test("loses no line: each is understood once or named once, whatever stands in it", () => {
    const cell = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("2026-10", "US", "1.5", "%", '"', "—"));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 }), (rows) => {
        const clean = rows.map((cells) => cells.map((one) => one.replace(/["\s]/g, "")));
        const text = table(["Month", "Region", "CTR"], ...clean);
        const { numbers, misses } = understandOwnNumbers(text, usual);
        const lines = [...numbers, ...misses].map(({ line }) => line).sort((a, b) => a - b);
        expect(lines).toEqual(clean.flatMap((cells, nth) => (cells.some((one) => one !== "") ? [nth + 2] : [])));
      }),
    );
  });
});
