import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { METRICS } from "@/lib/insights/schemas";
import { findInSource, type SourceAnswer } from "./find-in-source";
import { SOURCE_PARTS, type SourcePart, sourceQuestions } from "./plan-source-check";
import { type SourceFinding, sourceFindingSchema } from "./source-check-schemas";

const QUESTIONS = sourceQuestions(new Date("2026-11-27T12:00:00Z"), "US");
const receipt = (part: SourcePart) => `0199b0a0-0000-7000-8000-${String(SOURCE_PARTS.indexOf(part)).padStart(12, "0")}`;

type Row = NonNullable<SourceAnswer["rows"]>[number];
/** Twenty categories, most popular first; every figure is `factor` times its own. */
const rowsOf = (factor: number, from = 1): Row[] =>
  Array.from({ length: 20 }, (_, index) => {
    const figures = METRICS.map((metric, nth) => [metric, factor * (10_000 - (from + index) * 10 + nth)]);
    return {
      ...(Object.fromEntries(figures) as Record<(typeof METRICS)[number], number>),
      categoryId: String(from + index),
      parentId: null,
      topId: index % 2 ? "601450" : "605196",
    };
  });

const list = (rows: Row[], total = 500): Partial<SourceAnswer> => ({ rows, total, hasMore: rows.length === 20 });
const failed = (problem: string): Partial<SourceAnswer> => ({ rows: null, problem, charge: "not_charged" });
const EMPTY = list([], 0);

/** A provider that does all that is assumed of it. */
const AS_ASSUMED: Record<SourcePart, Partial<SourceAnswer>> = {
  base: list(rowsOf(1)),
  day: list(rowsOf(0.2)),
  month: list(rowsOf(4)),
  closed: list(rowsOf(4.4)),
  everywhere: list(rowsOf(30)),
  old: list(rowsOf(3.9)),
  second: list(rowsOf(1, 21)),
  rare: list(rowsOf(0.01).slice(0, 7), 7),
  third: list([{ ...(rowsOf(1)[0] as Row), categoryId: "601583" }], 1),
  older: EMPTY,
  nothing: EMPTY,
  first: EMPTY,
};

const answers = (over: Partial<Record<SourcePart, Partial<SourceAnswer>>> = {}): SourceAnswer[] =>
  SOURCE_PARTS.map((part, index) => ({
    question: QUESTIONS[index] as SourceAnswer["question"],
    receiptId: receipt(part),
    problem: null,
    charge: "charged",
    total: null,
    hasMore: null,
    rows: null,
    ...AS_ASSUMED[part],
    ...over[part],
  }));

function find<A extends SourceFinding["about"]>(about: A, over: Parameters<typeof answers>[0] = {}) {
  const found = findInSource(answers(over)).find((finding) => finding.about === about);
  return found as Extract<SourceFinding, { about: A }>;
}
const verdict = (about: SourceFinding["about"], over: Parameters<typeof answers>[0] = {}) => find(about, over).verdict;

describe("what a check asks", () => {
  test("is twelve questions that differ from the first in one thing each", () => {
    expect(QUESTIONS).toHaveLength(12);
    const [base, ...others] = QUESTIONS;
    for (const question of others) {
      const keys = ["region", "window", "page", "q", "category"] as const;
      expect(keys.filter((key) => question[key] !== base?.[key])).toHaveLength(1);
    }
    expect(QUESTIONS.map(({ window }) => window).filter((window) => window.includes("-"))).toEqual([
      "2026-10",
      "2026-07",
      "2026-05",
    ]);
  });

  test("is about the team's own region, unless that is all of them, and never about the rare one twice", () => {
    const now = new Date("2026-11-27T12:00:00Z");
    expect(sourceQuestions(now, "VN")[0]).toMatchObject({ region: "VN" });
    expect(sourceQuestions(now, "all_regions")[0]).toMatchObject({ region: "US" });
    const regions = sourceQuestions(now, "UY").map(({ region }) => region);
    expect(new Set(regions)).toEqual(new Set(["UY", "all_regions", "KH"]));
  });
});

describe("what the answers tell", () => {
  test("is that everything is as assumed, where it is", () => {
    expect(Object.fromEntries(findInSource(answers()).map(({ about, verdict: says }) => [about, says]))).toEqual({
      windows: "differ",
      region: "applied",
      rare: "own",
      months: "answer",
      category: "filtered",
      level: "empty",
      nothing: "empty",
      paging: "goes_on",
      order: "popularity",
      figures: "complete",
    });
    expect(find("windows")).toMatchObject({ dayTimes: 0.2, monthTimes: 4 });
    expect(find("months")).toMatchObject({ reach: 4, beyond: 6 });
    expect(find("windows").receiptIds).toEqual(["base", "day", "month"].map((part) => receipt(part as SourcePart)));
  });

  test("is that a window, a region, a month, a filter or a page is ignored, where its answer is another's row by row", () => {
    const base = AS_ASSUMED.base;
    expect(verdict("windows", { day: base, month: base })).toBe("same");
    expect(verdict("windows", { day: base })).toBe("partly");
    expect(verdict("region", { everywhere: base })).toBe("ignored");
    expect(verdict("rare", { rare: AS_ASSUMED.everywhere })).toBe("ignored");
    expect(verdict("months", { old: AS_ASSUMED.day })).toBe("ignored");
    expect(verdict("months", { old: AS_ASSUMED.closed })).toBe("ignored");
    expect(verdict("category", { third: base })).toBe("ignored");
    expect(verdict("level", { first: base })).toBe("ignored");
    const beauty = list(rowsOf(1).map((row) => ({ ...row, topId: "601450" })));
    expect(verdict("level", { base: beauty, first: beauty })).toBe("unknown");
    expect(verdict("level", { base: beauty, first: list(beauty.rows?.slice(0, 9) ?? []) })).toBe("filtered");
    expect(verdict("nothing", { nothing: base })).toBe("ignored");
    expect(verdict("paging", { second: base })).toBe("repeats");
  });

  test("says in which way the provider has nothing", () => {
    for (const [problem, word] of [
      ["upstream_no_data", "no_data"],
      ["upstream_invalid_answer", "unreadable"],
      ["upstream_failed", "error"],
    ] as const) {
      expect(verdict("rare", { rare: failed(problem) })).toBe(word);
      expect(find("nothing", { nothing: failed(problem) })).toMatchObject({ verdict: word, charge: "not_charged" });
      expect(verdict("months", { closed: failed(problem), old: EMPTY, older: EMPTY })).toBe("none");
    }
  });

  test("is nothing where the provider never spoke: a limit, a time-out, a stop", () => {
    for (const problem of ["upstream_timeout", "team_limit_reached", "upstream_out_of_credits", null]) {
      const silent = Object.fromEntries(SOURCE_PARTS.map((part) => [part, { rows: null, problem, charge: null }]));
      expect(new Set(findInSource(answers(silent)).map(({ verdict: says }) => says))).toEqual(new Set(["unknown"]));
    }
    expect(find("months", { older: { rows: null, problem: "upstream_timeout" } })).toMatchObject({
      verdict: "answer",
      reach: 4,
      beyond: null,
    });
  });

  test("is not that windows differ, where so few figures do that the source may have been renewed in between", () => {
    const renewed = rowsOf(1).map((row, index) => (index < 5 ? { ...row, posts: (row.posts ?? 0) + 1 } : row));
    expect(verdict("windows", { day: list(renewed), month: list(renewed) })).toBe("unknown");
  });

  test("names overlapping pages, rows out of order and figures that no row has", () => {
    expect(find("paging", { second: list(rowsOf(1, 20)) })).toMatchObject({ verdict: "overlaps", shared: 1 });
    expect(verdict("paging", { second: EMPTY })).toBe("ends");
    expect(verdict("paging", { base: { ...list(rowsOf(1).slice(0, 3), 3), hasMore: false } })).toBe("unknown");
    expect(find("order", { base: list(rowsOf(1).reverse()) })).toMatchObject({ verdict: "other", outOfOrder: 19 });
    const withoutCpa = rowsOf(1).map((row) => ({ ...row, cpa: null }));
    expect(find("figures", { base: list(withoutCpa) })).toMatchObject({ verdict: "missing", missing: ["cpa"] });
  });

  test("is well formed and rests on receipts of the check alone, whatever came back", () => {
    const figure = fc.option(fc.integer({ min: 0, max: 5 }));
    const row = fc.record({
      ...(Object.fromEntries(METRICS.map((metric) => [metric, figure])) as Record<
        (typeof METRICS)[number],
        typeof figure
      >),
      categoryId: fc.option(fc.constantFrom("1", "2", "601583")),
      parentId: fc.constant(null),
      topId: fc.option(fc.constant("601450")),
    });
    const answer = fc.record({
      rows: fc.option(fc.array(row, { maxLength: 3 })),
      problem: fc.option(fc.constantFrom("upstream_no_data", "upstream_failed", "upstream_timeout")),
      charge: fc.option(fc.constantFrom("charged" as const, "unsettled" as const)),
      total: fc.option(fc.nat()),
      hasMore: fc.option(fc.boolean()),
      receiptId: fc.option(fc.constantFrom(...SOURCE_PARTS.map(receipt))),
    });
    const over = fc.record(Object.fromEntries(SOURCE_PARTS.map((part) => [part, answer])));
    fc.assert(
      fc.property(over, fc.nat({ max: SOURCE_PARTS.length }), (given, asked) => {
        const some = answers(given).slice(0, asked);
        const known = new Set(some.map(({ receiptId }) => receiptId));
        const found = findInSource(some);
        expect(sourceFindingSchema.array().parse(found)).toEqual(found);
        expect(found.flatMap(({ receiptIds }) => receiptIds).every((id) => known.has(id))).toBe(true);
        // Without rows to compare with, nothing is said to differ.
        if (!some[0]?.rows?.length) expect(found[0]?.verdict).toBe("unknown");
      }),
    );
  });
});
