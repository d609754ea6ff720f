import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insightsProducts } from "./endpoints/insights-products";
import { RAW_FIELDS, type RawFigure, rawRow, rawText } from "./raw-row";
import { readEnvelope, readJson } from "./wire";

const FIXTURES = join(import.meta.dirname, "fixtures");
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const page = (row: unknown) => ({ code: 0, data: { list: [row] } });

describe("a row as received", () => {
  test.each(Object.entries(RAW_FIELDS) as [RawFigure, string][])(
    "%s is read from %s and from nothing else",
    (figure, path) => {
      const [name = "", inner] = path.split(".");
      const row = { [name]: inner ? { [inner]: 601583 } : 601583 };
      const mapped = insightsProducts.parse(page(row).data)?.rows[0];
      expect(String(mapped?.[figure])).toBe("601583");
      const raw = rawRow(bytes(page(row)), 1);
      expect(raw?.figures[figure]).toBe("601583");
      for (const other of Object.keys(RAW_FIELDS) as RawFigure[]) {
        if (other !== figure) expect([mapped?.[other], raw?.figures[other]]).toEqual([null, null]);
      }
    },
  );

  test.each(readdirSync(FIXTURES))("of %s stands at the place under which its figures were stored", (file) => {
    const body = readFileSync(join(FIXTURES, file));
    const answer = insightsProducts.parse(readEnvelope(readJson(body))?.data ?? null);
    for (const row of answer?.rows ?? []) {
      const raw = rawRow(body, row.place);
      expect(raw).not.toBeNull();
      const again = insightsProducts.parse({ list: [JSON.parse(raw?.text ?? "")] });
      if (again) expect(again.rows[0]).toEqual({ ...row, place: 1 });
    }
    expect(rawRow(body, 1_000)).toBeNull();
  });

  test("never throws, whatever the bytes and the place", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytes)), fc.integer(), (body, place) => {
        rawRow(body, place);
        expect(rawText(body, 50).text.length).toBeLessThanOrEqual(50);
      }),
    );
  });
});

describe("a body as a page shows it", () => {
  test("that is no JSON is shown as its text, with what cannot be seen made visible", () => {
    expect(rawText(bytes("<html>\u0000\u0007\u202eoops\u007f"), 100)).toEqual({
      text: "<html>\u2400\u2407\\u202eoops\u2421",
      isCut: false,
    });
  });

  test("that is long is cut, and says so", () => {
    expect(rawText(bytes([1, 2, 3]), 5)).toEqual({ text: "[\n  1", isCut: true });
  });
});
