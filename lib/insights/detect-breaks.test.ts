import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insightsProducts } from "@/lib/keyapi/endpoints/insights-products";
import { answerPage, type FaultName } from "@/sandbox/faults";
import { createGenerator } from "@/sandbox/generator";
import { readPage } from "@/sandbox/insights";
import { detectBreaks, isBack, type ShapedAnswer } from "./detect-breaks";
import { METRICS } from "./schemas";

const DAY_MS = 86_400_000;
const START = Date.parse("2026-10-20T10:00:00Z");
const DAYS = 30;
const generator = createGenerator("clean days");

/** What the sandbox answers on a day, as it is stored. */
function answerOf(question: { region: string; window: string; page: number }, day: number, fault?: FaultName) {
  const at = START + day * DAY_MS;
  const asked = { keyword: "", limit: 20, categoryId: "", region: question.region, timeScope: question.window };
  const { body } = answerPage(
    readPage(generator, { ...asked, page: question.page }, at),
    fault ? { name: fault } : null,
  );
  const parsed = insightsProducts.parse(JSON.parse(body).data);
  return {
    at,
    total: parsed?.total ?? null,
    rows: (parsed?.rows ?? []).map((row) => ({
      categoryId: row.categoryId,
      name: row.categoryName,
      figures: METRICS.map((metric) => row[metric]),
    })),
  } satisfies ShapedAnswer;
}

const QUESTIONS = ["US", "GB", "MY", "CL"].flatMap((region) =>
  ["1", "7", "30"].flatMap((window) => [1, 3].map((page) => ({ region, window, page }))),
);
const days = new Map(
  QUESTIONS.map((question) => [question, Array.from({ length: DAYS }, (_, day) => answerOf(question, day))]),
);
const daysOf = (question: (typeof QUESTIONS)[number]) => days.get(question) ?? [];

describe("clean days", () => {
  test.each(QUESTIONS)("of $region, $window days, page $page hold no break, a day or weeks apart", (question) => {
    const answers = daysOf(question);
    const found = answers.flatMap((now, index) =>
      [1, 2, 7, 14, 29].flatMap((apart) =>
        index < apart
          ? []
          : detectBreaks(answers.slice(0, index - apart + 1), now, { page: question.page, isGrowing: false }),
      ),
    );
    expect(found).toEqual([]);
  });
});

describe("each fault of the sandbox", () => {
  const FAULTS = [
    ["field-missing", { kind: "vanished", metric: "ctrPct" }],
    ["other-unit", { kind: "unit", metric: "cost" }],
    ["short-ranking", { kind: "collapsed", metric: null }],
    ["empty-list", { kind: "empty", metric: null }],
    ["other-ids", { kind: "renamed", metric: null }],
  ] as const;
  const cases = FAULTS.flatMap(([fault, expected]) => QUESTIONS.map((question) => ({ fault, expected, question })));

  test.each(cases)("$fault is found in $question.region, $question.window days, page $question.page", (given) => {
    const { fault, expected, question } = given;
    const answers = daysOf(question);
    const [before, odd, after] = [answers.slice(0, 10), answerOf(question, 10, fault), answerOf(question, 11)];
    const found = detectBreaks(before, odd, { page: question.page, isGrowing: false });
    expect(found).toMatchObject([expected]);
    const [one] = found;
    const last = before.at(-1);
    if (!one || !last) throw new Error("nothing found");
    expect(isBack(one, last, odd, after)).toBe(true);
    expect(isBack(one, last, odd, answerOf(question, 11, fault))).toBe(false);
  });
});

const figure = fc.double({ min: 0.01, max: 1e7, noNaN: true });
const answer = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 8, maxLength: 20 }).chain((ids) =>
  fc.record({
    at: fc.constant(START),
    total: fc.constant(null),
    rows: fc.tuple(
      ...ids.map((id) =>
        fc.record({
          categoryId: fc.constant(String(id)),
          name: fc.constant(`Name ${id}`),
          figures: fc.tuple(...METRICS.map(() => figure)),
        }),
      ),
    ),
  }),
);
const PLAIN = { page: 1, isGrowing: false };
const scaled = (given: ShapedAnswer, factor: number): ShapedAnswer => ({
  ...given,
  rows: given.rows.map((row) => ({ ...row, figures: row.figures.map((value) => value && value * factor) })),
});

describe("whatever the figures are", () => {
  test("an answer is no break of itself, nor with its rows in another order", () => {
    fc.assert(
      fc.property(answer, (one) => {
        expect(detectBreaks([one], one, PLAIN)).toEqual([]);
        expect(detectBreaks([one], { ...one, rows: [...one.rows].reverse() }, PLAIN)).toEqual([]);
      }),
    );
  });

  test("one factor over all rows is found from 5 times on, both ways, and the factor is told", () => {
    fc.assert(
      fc.property(answer, fc.double({ min: 1.01, max: 1e5, noNaN: true }), fc.boolean(), (one, size, isUp) => {
        const factor = isUp ? size : 1 / size;
        const found = detectBreaks([one], scaled(one, factor), PLAIN);
        fc.pre(Math.abs(size - 5) > 1e-6);
        expect(found.every(({ kind }) => kind === "unit")).toBe(true);
        // All but the change, whose size tells nothing.
        expect(found).toHaveLength(size > 5 ? METRICS.length - 1 : 0);
        for (const { factor: told } of found) expect(told).toBeCloseTo(factor, 6);
      }),
    );
  });

  test("a running month's counts may grow by any factor, its rates may not", () => {
    fc.assert(
      fc.property(answer, (one) => {
        const found = detectBreaks([one], scaled(one, 30), { page: 1, isGrowing: true });
        expect(found.map(({ metric }) => metric)).toEqual(["ctrPct", "cvrPct", "sixSecondViewRatePct"]);
      }),
    );
  });

  test("a figure that goes missing in all rows is told once, whatever the others do", () => {
    fc.assert(
      fc.property(answer, fc.nat(METRICS.length - 1), (one, index) => {
        const rows = one.rows.map((row) => ({
          ...row,
          figures: row.figures.map((value, at) => (at === index ? null : value)),
        }));
        expect(detectBreaks([one], { ...one, rows }, PLAIN)).toMatchObject([
          { kind: "vanished", metric: METRICS[index] },
        ]);
      }),
    );
  });

  test("too few rows say nothing, and neither does the first answer", () => {
    fc.assert(
      fc.property(answer, (one) => {
        const few = { ...one, rows: one.rows.slice(0, 4) };
        expect(detectBreaks([few], scaled(few, 100), PLAIN)).toEqual([]);
        expect(detectBreaks([], one, PLAIN)).toEqual([]);
      }),
    );
  });
});
