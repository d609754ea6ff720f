import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "@/lib/testing/read-csv";
import { type CsvCell, type CsvColumn, csvText } from "./csv";

const columns: CsvColumn<CsvCell[]>[] = [
  { key: "a", value: ([a = null]) => a },
  { key: "b", value: ([, b = null]) => b },
];

async function written(batches: CsvCell[][][]): Promise<string> {
  let text = "";
  for await (const piece of csvText(columns, ["Erste", "第二"], batches)) text += piece;
  return text;
}
const rowsOf = async (batches: CsvCell[][][]) => readCsv((await written(batches)).slice(1)).slice(2);

const risky = fc.constantFrom(
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  "\n",
  "＝",
  "＋",
  "－",
  "＠",
  " =",
  "\u00a0@",
  '"',
  ",",
  "'",
);
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.tuple(risky, fc.string()).map(([first, rest]) => first + rest),
);

describe("a table as CSV", () => {
  test("begins with a byte order mark, the stable keys and the reader's words, and ends each line with CRLF", async () => {
    expect(await written([[["x", 1]], [["y", null]]])).toBe("\uFEFFa,b\r\nErste,第二\r\nx,1\r\ny,\r\n");
    expect(await written([])).toBe("\uFEFFa,b\r\nErste,第二\r\n");
    expect(await written([[]])).toBe("\uFEFFa,b\r\nErste,第二\r\n");
  });

  test("gives every text back as it was, but for the apostrophe before what a spreadsheet would run", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 5 }), async (rows) => {
        const read = await rowsOf([rows]);
        expect(read).toHaveLength(rows.length);
        for (const [index, row] of rows.entries()) {
          for (const [place, cell] of row.entries()) {
            const got = read[index]?.[place] ?? "missing";
            expect([cell, `'${cell}`]).toContain(got);
            expect(got).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
          }
        }
      }),
    );
  });

  test("leaves numbers numbers, also negative and exact ones, and says nothing as nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), async (whole, broken) => {
        const [[a, b] = []] = await rowsOf([[[whole, broken]]]);
        expect([Number(a), Number(b) + 0]).toEqual([whole, broken + 0]);
      }),
    );
    expect(await rowsOf([[[-7, { decimal: "-0.0246" }]], [[null, ""]]])).toEqual([
      ["-7", "-0.0246"],
      ["", ""],
    ]);
  });
});
