import { writeXlsx } from "hucre/xlsx";
import { expect, test } from "vitest";
import { workbookText } from "./workbook-text";

test("a workbook's first sheet becomes lines, with shares as the per cent that they are shown as, and days as days", async () => {
  const percent = { style: { numFmt: "0.00%" } };
  const bytes = await writeXlsx({
    sheets: [
      {
        name: "old",
        rows: [
          ["Month", "CTR", "CPA", "Note"],
          [new Date("2026-08-01T00:00:00Z"), 0.019, 4.5, "a\tb"],
          ["2026-09", null, 1234.5, null],
        ],
        cells: new Map([["1,1", { value: 0.019, ...percent }]]),
      },
      { name: "other", rows: [["x"]] },
    ],
  });
  expect(await workbookText(bytes)).toBe("Month\tCTR\tCPA\tNote\n2026-08-01\t1.9%\t4.5\ta b\n2026-09\t\t1234.5\t");
});
