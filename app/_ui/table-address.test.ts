import { describe, expect, test } from "vitest";
import { tableAddress } from "./table-address";

const PATH = "/t/luma/searches";

describe("the address of a long table", () => {
  test.each([
    [{}, { q: "", page: 1 }],
    [
      { q: "  perfume ", page: "3" },
      { q: "perfume", page: 3 },
    ],
    [
      { q: ["a", "b"], page: ["2", "9"] },
      { q: "a", page: 2 },
    ],
    [{ page: "0" }, { q: "", page: 1 }],
    [{ page: "-1" }, { q: "", page: 1 }],
    [{ page: "two" }, { q: "", page: 1 }],
    [{ page: "1e3" }, { q: "", page: 1 }],
    [{ page: "9".repeat(30) }, { q: "", page: 1 }],
    [{ q: "a\u0000b" }, { q: "a b", page: 1 }],
    [{ q: "香水" }, { q: "香水", page: 1 }],
  ])("%o asks for %o", (given, look) => {
    expect(tableAddress(PATH, given).look).toEqual(look);
  });

  test("is never longer than a text that is looked for may be", () => {
    expect(tableAddress(PATH, { q: "x".repeat(5000) }).look.q).toHaveLength(200);
  });

  test("keeps what else it says, on each page and for the whole table", () => {
    const given = { list: ["1", "2"], q: "a b", page: "4", months: "" };
    const { href, wholeHref, kept } = tableAddress(PATH, given);
    expect(href(5)).toBe(`${PATH}?list=1&list=2&months=&q=a+b&page=5`);
    expect(href(1)).toBe(`${PATH}?list=1&list=2&months=&q=a+b`);
    expect(wholeHref).toBe(`${PATH}?list=1&list=2&months=`);
    expect(kept).toEqual([
      ["list", "1"],
      ["list", "2"],
      ["months", ""],
    ]);
  });

  test("of one of several tables leaves the others where they are", () => {
    const given = { page: "2", "open.page": "3", "open.q": "x" };
    expect(tableAddress(PATH, given, "open").look).toEqual({ q: "x", page: 3 });
    expect(tableAddress(PATH, given, "open").href(4)).toBe(`${PATH}?page=2&open.q=x&open.page=4`);
    expect(tableAddress(PATH, given).href(1)).toBe(`${PATH}?open.page=3&open.q=x`);
  });

  test("leads to what it stands in, where a page holds more", () => {
    const { href, wholeHref } = tableAddress(PATH, { "notes.q": "x" }, "notes", "notes");
    expect([href(1), href(2), wholeHref]).toEqual([
      `${PATH}?notes.q=x#notes`,
      `${PATH}?notes.q=x&notes.page=2#notes`,
      `${PATH}#notes`,
    ]);
  });
});
