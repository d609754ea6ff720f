import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Question } from "@/lib/insights/schemas";
import { ownQuestion, type PlanItem, type PlanRanking, type PlanWanted, planRefresh } from "./plan-refresh";

const item = (category: number, rank: number | null, over: Partial<PlanItem> = {}): PlanItem => ({
  region: "US",
  window: "7",
  category: String(category),
  ranks: rank === null ? [] : [{ rank, ageDays: 0.001 }],
  state: "due",
  ...over,
});
const ranking = (over: Partial<PlanRanking> = {}): PlanRanking => ({
  region: "US",
  window: "7",
  total: 500,
  known: new Set(),
  failed: new Set(),
  ...over,
});
const page = (nth: number, over: Partial<Question> = {}): Question => ({
  region: "US",
  window: "7",
  category: undefined,
  q: undefined,
  page: nth,
  ...over,
});
const NO_LIMIT = Number.POSITIVE_INFINITY;
const asked = ({ requests }: { requests: { question: Question }[] }) =>
  requests.map(({ question }) => question.category ?? question.page);

describe("a plan", () => {
  test("takes one page for the items that stand on it, and each other's own request", () => {
    const items = [item(1, 3), item(2, 18), item(3, 20), item(4, 27), item(5, 22), item(6, null)];
    const plan = planRefresh(items, [ranking()], [], NO_LIMIT);
    expect(asked(plan)).toEqual([1, 2, "6"]);
    expect(plan.requests.map(({ items: renewed }) => renewed)).toEqual([[0, 1, 2], [3, 4], [5]]);
    expect(plan.oneByOne).toBe(6);
  });

  test("costs nothing for what is fresh, absent or failed, and says what is left", () => {
    const items = [item(1, 3, { state: "fresh" }), item(2, 4, { state: "absent" }), item(3, 5, { state: "failed" })];
    expect(planRefresh(items, [ranking()], [], NO_LIMIT)).toMatchObject({ requests: [], left: [2], oneByOne: 0 });
  });

  test("renews most first where the budget is small", () => {
    const items = [item(1, 450), item(2, 41), item(3, 42), item(4, 43), item(5, 90), item(6, 91)];
    const plan = planRefresh(items, [ranking()], [], 2);
    expect(asked(plan)).toEqual([3, 5]);
    expect(plan.left).toEqual([0]);
  });

  test("looks for a missing item next door while others are likely there too, else asks for it by itself", () => {
    const old = (rank: number): Partial<PlanItem> => ({ ranks: [{ rank, ageDays: 7 }] });
    const together = [58, 59, 60].map((rank) => item(rank, null, old(rank)));
    const first = planRefresh(together, [ranking()], [], NO_LIMIT);
    expect(asked(first)[0]).toBe(3);
    const known = new Set([3]);
    expect(asked(planRefresh(together, [ranking({ known })], [], NO_LIMIT))[0]).toBe(4);
    expect(asked(planRefresh(together.slice(2), [ranking({ known })], [], NO_LIMIT))).toEqual(["60"]);
  });

  test("keeps a request in hand for items that are likely to have moved", () => {
    const items = Array.from({ length: 10 }, (_, nth) =>
      item(nth, null, { ranks: [{ rank: 140 + nth * 2, ageDays: 5 }] }),
    );
    const { requests, oneByOne } = planRefresh(items, [ranking()], [], NO_LIMIT);
    expect(requests.some(({ ifMissing }) => ifMissing)).toBe(true);
    expect(requests.length).toBeLessThan(oneByOne);
  });

  test("shares pages and categories with the searches that need them anyway", () => {
    const wanted: PlanWanted[] = [
      { question: page(1), searches: ["a"] },
      { question: page(1, { category: "9" }), searches: ["b"] },
    ];
    const plan = planRefresh([item(1, 3), item(9, 300)], [ranking()], wanted, NO_LIMIT);
    expect(asked(plan)).toEqual(["9", 1]);
    expect(plan.oneByOne).toBe(3);
  });

  test("leaves what stands on a page that failed, and asks neither again", () => {
    const plan = planRefresh([item(1, 3), item(2, 4), item(3, 50)], [ranking({ failed: new Set([1]) })], [], NO_LIMIT);
    expect(asked(plan)).toEqual([3]);
    expect(plan.left).toEqual([0, 1]);
  });

  test("asks for pages of a ranking of which nothing is known only where that is cheaper", () => {
    const unknown = (count: number) => Array.from({ length: count }, (_, nth) => item(nth, null));
    expect(planRefresh(unknown(10), [ranking({ total: null })], [], NO_LIMIT).requests).toHaveLength(10);
    expect(planRefresh(unknown(100), [ranking({ total: null })], [], NO_LIMIT).requests.length).toBeLessThan(40);
  });

  test("of a thousand items takes each page once", () => {
    const items = Array.from({ length: 1000 }, (_, nth) => item(nth, (nth % 480) + 1, nth % 2 ? { region: "GB" } : {}));
    const plan = planRefresh(items, [ranking(), ranking({ region: "GB" })], [], NO_LIMIT);
    expect(plan.requests.length).toBeLessThanOrEqual(48);
  });
});

const seen = fc.array(
  fc.record({ rank: fc.integer({ min: 1, max: 520 }), ageDays: fc.double({ min: 0, max: 90, noNaN: true }) }),
  {
    maxLength: 4,
  },
);
const regions = fc.constantFrom("US" as const, "GB" as const);
const anyItems = fc.uniqueArray(
  fc.record({
    region: regions,
    window: fc.constant("7"),
    category: fc.integer({ min: 1, max: 60 }).map(String),
    ranks: seen.map((ranks) => ranks.toSorted((a, b) => a.ageDays - b.ageDays)),
    state: fc.constantFrom("due" as const, "due" as const, "due" as const, "fresh" as const, "absent" as const),
  }),
  { maxLength: 60, selector: ({ region, category }) => `${region} ${category}` },
);
const pages = fc.array(fc.integer({ min: 1, max: 25 }), { maxLength: 6 }).map((all) => new Set(all));
const anyRankings = fc
  .tuple(pages, pages, fc.option(fc.integer({ min: 0, max: 500 })))
  .map(([us, gb, total]) => [ranking({ known: us, total }), ranking({ region: "GB", known: gb })]);
const anyWanted = fc
  .uniqueArray(
    fc.record({
      region: regions,
      nth: fc.integer({ min: 1, max: 25 }),
      category: fc.option(fc.integer({ min: 1, max: 60 }).map(String)),
    }),
    { maxLength: 8, selector: (one) => JSON.stringify(one.category ? [one.region, one.category] : one) },
  )
  .map((all) =>
    all.map(
      ({ region, nth, category }): PlanWanted => ({
        question: page(category ? 1 : nth, { region, category: category ?? undefined }),
        searches: ["s"],
      }),
    ),
  );
const textOf = (question: Question) =>
  JSON.stringify([question.region, question.window, question.category ?? "", question.page]);

describe("any plan", () => {
  test("is never dearer than one by one nor over its budget, asks nothing twice, and names every item", () => {
    fc.assert(
      fc.property(
        anyItems,
        anyRankings,
        anyWanted,
        fc.option(fc.integer({ min: 0, max: 40 })),
        (items, rankings, wanted, most) => {
          const whole = planRefresh(items, rankings, wanted, NO_LIMIT);
          expect(whole.requests.length).toBeLessThanOrEqual(whole.oneByOne);
          const plan = planRefresh(items, rankings, wanted, most ?? NO_LIMIT);
          if (most !== null) expect(plan.requests.length).toBeLessThanOrEqual(most);
          const texts = plan.requests.map(({ question }) => textOf(question));
          expect(new Set(texts).size).toBe(texts.length);
          const planned = new Set(plan.requests.flatMap((request) => request.items));
          items.forEach(({ state }, index) => {
            expect(Number(planned.has(index)) + Number(plan.left.includes(index))).toBe(state === "due" ? 1 : 0);
          });
          if (most === null) expect(plan.left).toEqual([]);
          expect(plan.requests.filter(({ searches }) => searches.length > 0).length + plan.leftWanted.length).toBe(
            wanted.length,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test("worked off against any answers spends no more than it said, asks nothing twice, and reaches all it says", () => {
    // `holds` decides what a page turns out to hold: anything at all, also nothing.
    fc.assert(
      fc.property(anyItems, anyRankings, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), (items, rankings, luck) => {
        const next = () => luck.next().value as number;
        const budget = planRefresh(items, rankings, [], NO_LIMIT).requests.length;
        let state: PlanItem[] = items;
        let known = rankings;
        const seenTexts: string[] = [];
        for (;;) {
          const plan = planRefresh(state, known, [], budget - seenTexts.length);
          const [request] = plan.requests;
          if (!request) break;
          const { question } = request;
          seenTexts.push(textOf(question));
          known = known.map((one) =>
            question.category || one.region !== question.region
              ? one
              : { ...one, known: new Set([...one.known, question.page]) },
          );
          state = state.map((one): PlanItem => {
            const isAsked = question.category
              ? textOf(ownQuestion(one)) === textOf(question)
              : one.region === question.region;
            if (one.state !== "due" || !isAsked) return one;
            const found = next() < (question.category ? 9 : 3);
            return found ? { ...one, state: "fresh" } : question.category ? { ...one, state: "absent" } : one;
          });
        }
        expect(seenTexts.length).toBeLessThanOrEqual(budget);
        expect(new Set(seenTexts).size).toBe(seenTexts.length);
        expect(budget).toBeLessThanOrEqual(items.filter((one) => one.state === "due").length);
        if (seenTexts.length < budget) expect(state.filter((one) => one.state === "due")).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("for items whose ranks are of now costs as little as the best choice of pages and own requests", () => {
    const few = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(few, fc.double({ min: 0, max: 0.001, noNaN: true }), (ranks, ageDays) => {
        const items = ranks.map((rank) => item(rank, null, { ranks: [{ rank, ageDays }] }));
        let best = Number.POSITIVE_INFINITY;
        for (let bought = 0; bought < 32; bought++) {
          const isBought = (rank: number) => (bought >> (Math.ceil(rank / 20) - 1)) & 1;
          const pagesBought = [0, 1, 2, 3, 4].filter((nth) => (bought >> nth) & 1).length;
          best = Math.min(best, pagesBought + ranks.filter((rank) => !isBought(rank)).length);
        }
        expect(planRefresh(items, [ranking()], [], NO_LIMIT).requests.length).toBe(best);
      }),
    );
  });
});
