import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  readAmount,
  readCount,
  readEnvelope,
  readFlag,
  readId,
  readJson,
  readNumber,
  readPage,
  readText,
  readTotal,
} from "./wire";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("numbers", () => {
  test.each([
    [0, 0],
    [-0, 0],
    [1.83, 1.83],
    ["1.83", 1.83],
    [" -10.16 ", -10.16],
    ["+0.27", 0.27],
    [".5", 0.5],
    ["7.", 7],
    ["2e7", 20_000_000],
    ["0", 0],
  ])("%j is read as %j", (value, expected) => {
    expect(readNumber(value)).toBe(expected);
  });

  test.each([
    "",
    " ",
    "-",
    "n/a",
    "12%",
    "$5",
    "1,234",
    "1 234",
    "0x10",
    "Infinity",
    "NaN",
    "1e400",
    "1.2.3",
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e16,
    -1e16,
    true,
    null,
    undefined,
    [5],
    {},
  ])("%j is no number", (value) => {
    expect(readNumber(value)).toBeNull();
  });

  test("what is read is finite and within 9e15, whatever comes", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const number = readNumber(value);
        expect(number === null || (Number.isFinite(number) && Math.abs(number) <= 9e15)).toBe(true);
      }),
    );
  });

  test("a finite number survives being written as text", () => {
    fc.assert(
      fc.property(fc.double({ min: -9e15, max: 9e15, noNaN: true }), (number) => {
        expect(readNumber(String(number))).toBe(readNumber(number));
      }),
    );
  });

  test("an amount below zero is none, and a signed number keeps its sign", () => {
    expect([readAmount(-1), readAmount(0), readNumber(-1)]).toEqual([null, 0, -1]);
  });

  test("a count is whole and not negative, and a total fits an integer column", () => {
    expect([readCount("27315.4"), readCount(-1), readCount(9.1e15)]).toEqual([27315, null, null]);
    expect([readTotal(2_147_483_647), readTotal(2_147_483_648)]).toEqual([2_147_483_647, null]);
  });
});

describe("texts", () => {
  test.each([
    ["Perfume\t", "Perfume"],
    ["\tMakeup\t& Perfume\r\n", "Makeup & Perfume"],
    ["Per\u0000fume\u007f", "Perfume"],
    ["Jewell\ud83dery", "Jewell\ufffdery"],
    ["香水 🧴", "香水 🧴"],
    ["", null],
    ["\u0000 \t", null],
    [5, null],
    [null, null],
  ])("%j is read as %j", (value, expected) => {
    expect(readText(value)).toBe(expected);
  });

  test("a text never holds what PostgreSQL refuses, never begins or ends with a space, and stays short", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (value) => {
        const text = readText(value);
        if (text === null) return;
        expect(text).not.toMatch(/\p{Cc}|\p{Surrogate}/u);
        expect(text).toBe(text.trim());
        expect(text.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  test("a cut between the halves of a character leaves no half", () => {
    expect(readText(`${"a".repeat(199)}🧴`)).toBe(`${"a".repeat(199)}\ufffd`);
  });
});

describe("ids and flags", () => {
  test.each([
    ["601583", "601583"],
    [601583, "601583"],
    [" 0601583 ", "0601583"],
    ["0", null],
    [0, null],
    [1.5, null],
    [1e21, null],
    [-5, null],
    ["category_5", null],
    ["", null],
    ["1".repeat(21), null],
    [null, null],
    [["5"], null],
  ])("id %j is read as %j", (value, expected) => {
    expect(readId(value)).toBe(expected);
  });

  test.each([
    [true, true],
    ["True", true],
    [1, true],
    [false, false],
    ["false", false],
    ["0", false],
    ["yes", null],
    [null, null],
  ])("flag %j is read as %j", (value, expected) => {
    expect(readFlag(value)).toBe(expected);
  });
});

describe("envelopes and pages", () => {
  test.each([
    [{ code: 0 }, 0],
    [{ code: "0" }, 0],
    [{ code: " 50004 " }, 50004],
    [{ code: "TASK_FAILED" }, Number.NaN],
    [{ code: "" }, null],
    [{ code: null }, null],
    [{ code: true }, null],
    [{}, null],
  ])("the code of %j is %j", (value, expected) => {
    expect(readEnvelope(value)?.code).toEqual(expected);
  });

  test("what is no object is no envelope", () => {
    for (const value of [null, undefined, 5, "x", true, [{ code: 0 }]]) expect(readEnvelope(value)).toBeNull();
  });

  test("a body is read as UTF-8 JSON with or without a byte order mark, and broken bytes cost only themselves", () => {
    expect(readJson(bytes('\ufeff{"code":0}'))).toEqual({ code: 0 });
    expect(readJson(Buffer.from([0x22, 0xff, 0x61, 0x22]))).toBe("\ufffda");
    expect(readJson(bytes("[".repeat(200_000)))).toBeUndefined();
    expect(readJson(bytes("<html>"))).toBeUndefined();
  });

  test("reading never throws, whatever JSON comes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        readEnvelope(value);
        readPage(value);
        readPage({ list: value, pagination: value });
        readPage({ list: [value, { third_ecom_category: value, post: value }], pagination: value });
      }),
    );
  });

  test("every row keeps its place, also beside unreadable ones", () => {
    const rowOrJunk = fc.oneof(fc.record({ post: fc.nat() }), fc.constantFrom(null, "row", 7, [], {}));
    fc.assert(
      fc.property(fc.array(rowOrJunk), (list) => {
        const page = readPage({ list });
        const posts = list.map((item) =>
          item !== null && typeof item === "object" && "post" in item ? item.post : null,
        );
        if (page === null) expect(posts.every((post) => post === null) && list.length > 0).toBe(true);
        else expect(page.rows.map((row) => row?.post ?? null)).toEqual(posts);
      }),
    );
  });
});
