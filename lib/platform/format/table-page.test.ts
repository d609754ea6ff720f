import { describe, expect, test } from "vitest";
import { containing, pageOfCounted, readTablePage, tablePageOf } from "./table-page";

const numbers = (most: number) => Array.from({ length: most }, (_, index) => index + 1);
const named = (row: number) => [`row ${row}`, null];

describe("a page of a long table", () => {
  test("holds fifty rows", () => {
    const shown = tablePageOf(numbers(120), { q: "", page: 2 }, named);
    expect(shown).toEqual({ items: numbers(100).slice(50), total: 120, page: 2, pages: 3 });
  });

  test("beyond the last is the last", () => {
    expect(tablePageOf(numbers(120), { q: "", page: 99 }, named)).toMatchObject({ page: 3, pages: 3 });
    expect(tablePageOf(numbers(120), { q: "", page: 99 }, named).items).toEqual(numbers(120).slice(100));
  });

  test("of nothing is one page without rows", () => {
    expect(tablePageOf([], { q: "", page: 4 }, named)).toEqual({ items: [], total: 0, page: 1, pages: 1 });
  });

  test("holds what a text is found in, in whatever letters", () => {
    const { items, total } = tablePageOf(numbers(120), { q: "ROW 11", page: 1 }, named);
    expect([items, total]).toEqual([[11, ...numbers(119).slice(109)], 11]);
  });

  test("is read from where it begins, after all were counted", async () => {
    const asked: number[][] = [];
    const read = async (limit: number, offset: number) => {
      asked.push([limit, offset]);
      return ["a row"];
    };
    const shown = await readTablePage({ q: "", page: 7 }, async () => 101, read);
    expect(shown).toEqual({ items: ["a row"], total: 101, page: 3, pages: 3 });
    expect(asked).toEqual([[50, 100]]);
  });

  test("that one statement read and counted says which it is", () => {
    expect(pageOfCounted(["a row"], 101, { q: "", page: 7 })).toEqual({
      items: ["a row"],
      total: 101,
      page: 3,
      pages: 3,
    });
    expect(pageOfCounted([], 0, { q: "", page: 7 }, 20)).toEqual({ items: [], total: 0, page: 1, pages: 1 });
  });

  test("is not read when there is nothing", async () => {
    const read = () => Promise.reject(new Error("Nothing to read"));
    expect(await readTablePage({ q: "", page: 1 }, async () => 0, read)).toMatchObject({
      items: [],
      page: 1,
      pages: 1,
    });
  });
});

test.each([
  ["perfume", "%perfume%"],
  ["100%", "%100\\%%"],
  ["a_b\\", "%a\\_b\\\\%"],
])("%s is looked for as it is written", (q, pattern) => {
  expect(containing(q)).toBe(pattern);
});
