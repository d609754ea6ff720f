import { describe, expect, test } from "vitest";
import { parseView } from "@/lib/insights/sort-rows";
import { chosenSort, exploreHref, pagesOf, parseQuestion } from "./address";

const defaults = { region: "US", window: "7" };

describe("the address of a ranking", () => {
  test("an empty address is the team's default question", () => {
    expect(parseQuestion({}, defaults).question).toEqual({ region: "US", window: "7", page: 1 });
  });

  test("blank fields of a form count as left out", () => {
    const { question, mistakes } = parseQuestion(
      { region: "GB", window: "30", category: "", q: "", page: "" },
      defaults,
    );
    expect(question).toMatchObject({ region: "GB", window: "30", page: 1 });
    expect(question.category).toBeUndefined();
    expect(question.q).toBeUndefined();
    expect(mistakes).toEqual({});
  });

  test("an invalid field falls back alone, is named, and keeps what was typed", () => {
    const parsed = parseQuestion({ region: "UK", window: "30", q: "FALSE", page: "0" }, defaults);
    expect(parsed.question).toMatchObject({ region: "US", window: "30", page: 1 });
    expect(parsed.mistakes).toEqual({ region: "region_unknown", q: "keyword_false", page: "page_unknown" });
    expect(parsed.typed.q).toBe("FALSE");
  });

  test("a repeated field counts once", () => {
    expect(parseQuestion({ region: ["GB", "US"] }, defaults).question.region).toBe("GB");
  });

  test("an address that was written reads back as the same question and view", () => {
    const { question } = parseQuestion(
      { region: "GB", window: "2026-10", category: "601583", q: "a&b", page: "3" },
      defaults,
    );
    const view = parseView({ preset: "rising", sort: "cpa", dir: "desc" });
    const address = Object.fromEntries(new URL(exploreHref("luma", { question, view }), "http://x").searchParams);
    expect(parseQuestion(address, defaults).question).toEqual(question);
    expect(parseView(address)).toEqual(view);
    expect(chosenSort(address, view)).toEqual({ sort: "cpa", dir: "desc" });
  });

  test("a preset's own order is not written into the address", () => {
    expect(chosenSort({ preset: "rising" }, parseView({ preset: "rising" }))).toEqual({});
  });
});

test("pages are counted by our own page size and end at the cap", () => {
  expect([0, 1, 20, 21, 500, 99_999].map(pagesOf)).toEqual([1, 1, 1, 2, 25, 50]);
});
