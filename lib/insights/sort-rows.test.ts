import { describe, expect, test } from "vitest";
import type { RankingRow } from "./schemas";
import { parseView, sortRows } from "./sort-rows";

function row(position: number, given: Partial<RankingRow> = {}): RankingRow {
  return {
    position,
    rank: position,
    categoryId: String(600_000 + position),
    path: ["Top", "Parent", `Category ${position}`],
    posts: null,
    postsChangePct: null,
    impressions: null,
    ctrPct: null,
    cvrPct: null,
    sixSecondViewRatePct: null,
    cost: null,
    cpa: null,
    likes: null,
    comments: null,
    shares: null,
    ...given,
  };
}

const positions = (rows: RankingRow[]) => rows.map((one) => one.position);

describe("sorting stored rows", () => {
  const rows = [row(1, { cpa: 5 }), row(2), row(3, { cpa: 0 }), row(4, { cpa: 2 }), row(5, { cpa: 5 })];

  test("missing values stand last in both directions", () => {
    expect(positions(sortRows(rows, { preset: "all", sort: "cpa", dir: "asc" }))).toEqual([3, 4, 1, 5, 2]);
    expect(positions(sortRows(rows, { preset: "all", sort: "cpa", dir: "desc" }))).toEqual([1, 5, 4, 3, 2]);
  });

  test("equal and missing values keep the order of the ranking", () => {
    const equal = [row(3, { cpa: 1 }), row(1, { cpa: 1 }), row(4), row(2)];
    expect(positions(sortRows(equal, { preset: "all", sort: "cpa", dir: "desc" }))).toEqual([1, 3, 2, 4]);
  });

  test("the rows that were given are not changed", () => {
    const before = [...rows];
    sortRows(rows, { preset: "all", sort: "cpa", dir: "asc" });
    expect(rows).toEqual(before);
  });

  test("categories sort by the name of the category itself", () => {
    const named = [row(1, { path: ["A", "B", "Wigs"] }), row(2, { path: ["Z", "Z", "Belts"] }), row(3, { path: [] })];
    expect(positions(sortRows(named, { preset: "all", sort: "category", dir: "asc" }))).toEqual([2, 1, 3]);
    expect(positions(sortRows(named, { preset: "all", sort: "category", dir: "desc" }))).toEqual([1, 2, 3]);
  });
});

describe("ready-made views", () => {
  const rows = [
    row(1, { postsChangePct: 2, cpa: 0, cvrPct: 3 }),
    row(2, { postsChangePct: -4, cpa: 9, cvrPct: 8 }),
    row(3, { postsChangePct: 0, cpa: 1, cvrPct: 0 }),
    row(4, { postsChangePct: 30 }),
    row(5, { postsChangePct: -40, cpa: 4, cvrPct: 5 }),
  ];

  test("rising and falling hold only rows that moved that way, strongest first", () => {
    expect(positions(sortRows(rows, parseView({ preset: "rising" })))).toEqual([4, 1]);
    expect(positions(sortRows(rows, parseView({ preset: "falling" })))).toEqual([5, 2]);
  });

  test("a CPA or CVR of 0 is no bargain: it may mean no data", () => {
    expect(positions(sortRows(rows, parseView({ preset: "low_cpa" })))).toEqual([3, 5, 2]);
    expect(positions(sortRows(rows, parseView({ preset: "high_cvr" })))).toEqual([2, 5, 1]);
  });
});

describe("a view in an address", () => {
  test("nothing given is the ranking's own order", () => {
    expect(parseView({})).toEqual({ preset: "all", sort: "position", dir: "asc" });
  });

  test("a chosen column replaces the order of a ready-made view and keeps its rows", () => {
    expect(parseView({ preset: "rising", sort: "cpa" })).toEqual({ preset: "rising", sort: "cpa", dir: "asc" });
    expect(parseView({ sort: "posts" })).toEqual({ preset: "all", sort: "posts", dir: "desc" });
  });

  test("words it does not know are left aside", () => {
    expect(parseView({ preset: "x", sort: "__proto__", dir: "y" })).toEqual({
      preset: "all",
      sort: "position",
      dir: "asc",
    });
    expect(parseView({ sort: "posts", dir: "sideways" })).toEqual({ preset: "all", sort: "posts", dir: "desc" });
  });
});
