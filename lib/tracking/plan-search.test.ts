import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Freshness } from "@/lib/insights/read-freshness";
import { questionSchema } from "@/lib/insights/schemas";
import { planSearch } from "./plan-search";

const page = (number: number, over: Partial<Freshness> = {}): Freshness => ({
  question: questionSchema.parse({ region: "US", window: "7", page: number }),
  fetchedAt: null,
  fresh: false,
  total: null,
  snapshotId: null,
  ...over,
});
const stored = (number: number, day: number, total: number | null, fresh = false) =>
  page(number, { fetchedAt: new Date(Date.UTC(2026, 10, day)), fresh, total, snapshotId: "x" });
const pagesOf = (questions: { page: number }[]) => questions.map((question) => question.page);

describe("what a run of a search asks", () => {
  test("everything, while nothing is stored", () => {
    expect(planSearch([page(1), page(2), page(3)])).toMatchObject({ credits: 6, stored: [] });
  });

  test("only pages that are not fresh cost", () => {
    const plan = planSearch([stored(1, 3, 500, true), stored(2, 1, 500), page(3)]);
    expect(pagesOf(plan.questions)).toEqual([1, 2, 3]);
    expect(pagesOf(plan.bought)).toEqual([2, 3]);
    expect(plan.credits).toBe(4);
  });

  test("nothing behind the end that the newest answer tells, but always the first page", () => {
    expect(pagesOf(planSearch([stored(1, 2, 27), stored(2, 1, 500), page(3)]).questions)).toEqual([1, 2]);
    expect(pagesOf(planSearch([stored(1, 2, 0), page(2)]).questions)).toEqual([1]);
    expect(pagesOf(planSearch([stored(1, 2, null), page(2)]).questions)).toEqual([1, 2]);
  });

  test("costs two credits for each page that is bought and never more than its depth", () => {
    const days = fc.integer({ min: 1, max: 28 });
    const total = fc.option(fc.integer({ min: 0, max: 600 }));
    const one = fc.option(fc.record({ day: days, total, fresh: fc.boolean() }));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 25 }), (given) => {
        const pages = given.map((fact, index) =>
          fact ? stored(index + 1, fact.day, fact.total, fact.fresh) : page(index + 1),
        );
        const plan = planSearch(pages);
        expect(plan.questions.length).toBeGreaterThan(0);
        expect(plan.questions).toEqual(pages.slice(0, plan.questions.length).map(({ question }) => question));
        expect(plan.credits).toBe(2 * plan.bought.length);
        expect(plan.bought.every((question) => !pages[question.page - 1]?.fresh)).toBe(true);
      }),
    );
  });
});
