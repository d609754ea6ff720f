import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PRICE_CREDITS } from "@/lib/insights/schemas";
import { type Budget, type PlanItem, planBudget } from "./plan-budget";

const pagesOf = (from: number, count: number) => Array.from({ length: count }, (_, index) => `page ${from + index}`);
const item = (id: string, over: Partial<PlanItem> = {}): PlanItem => {
  const pages = over.pages ?? [`own page of ${id}`];
  const priceCredits = pages.length * PRICE_CREDITS;
  return {
    id,
    priority: 2,
    priceCredits,
    hour: 9,
    pages,
    payer: "mia",
    kept: null,
    firstDay: 0,
    lastDay: null,
    ...over,
  };
};
const budget = (credits: number | null, days = 30, ofPayers: [string, number][] = []): Budget => ({
  credits,
  days,
  periodDays: Math.max(days, 30),
  ofPayers: new Map(ofPayers),
});
const lists = (count: number, over: (index: number) => Partial<PlanItem> = () => ({})) =>
  Array.from({ length: count }, (_, index) => item(`list ${index}`, over(index)));

/** The slow way: day by day, who is due as long as it was not renewed for so many days, and which pages that buys. */
function costOf(items: PlanItem[], everyDays: Map<string, number | null>, days: number): number {
  const renewed = new Map(items.map(({ id, lastDay }) => [id, lastDay]));
  let credits = 0;
  for (let day = 0; day < days; day += 1) {
    const bought = new Set<string>();
    for (const { id, kept, firstDay, hour, pages, priceCredits } of items) {
      const last = renewed.get(id) ?? null;
      const isLongAgo = last === null || day - last >= (everyDays.get(id) ?? Number.POSITIVE_INFINITY);
      const isDue = kept ? kept.includes(day) : everyDays.get(id) != null && day >= firstDay && isLongAgo;
      if (!isDue) continue;
      renewed.set(id, day);
      credits += priceCredits - pages.filter((page) => bought.has(`${hour} ${page}`)).length * PRICE_CREDITS;
      for (const page of pages) bought.add(`${hour} ${page}`);
    }
  }
  return credits;
}

describe("a plan within a budget", () => {
  test("of 900 credits renews 15 lists daily, or 45 every third day", () => {
    expect(new Set(planBudget(lists(15), budget(900)).everyDays.values())).toEqual(new Set([1]));
    const plan = planBudget(lists(45), budget(900));
    expect(new Set(plan.everyDays.values())).toEqual(new Set([3]));
    expect(plan.credits).toBe(900);
  });

  test("buys a page that several of them ask at the same moment once", () => {
    const shared = lists(10, () => ({ pages: pagesOf(0, 5) }));
    expect(planBudget(shared, budget(300))).toMatchObject({ credits: 300, fits: true });
    const apart = shared.map((one, hour) => ({ ...one, hour }));
    expect(planBudget(apart, budget(null)).credits).toBe(3000);
  });

  test("slows the least important before the others, and stops nothing while once is possible", () => {
    const items = lists(3, (index) => ({ priority: index + 1 }));
    expect([...planBudget(items, budget(140)).everyDays.values()]).toEqual([1, 1, 3]);
    expect([...planBudget(items, budget(6)).everyDays.values()].every((every) => every !== null)).toBe(true);
    expect([...planBudget(items, budget(4)).everyDays.values()]).toEqual([30, 30, null]);
  });

  test("leaves what is kept as it is, and says when that alone is too dear", () => {
    const daily = item("kept", { kept: Array.from({ length: 30 }, (_, day) => day) });
    const plan = planBudget([daily, item("other")], budget(62));
    expect([...plan.everyDays]).toEqual([["other", 30]]);
    expect(plan).toMatchObject({ credits: 62, fits: true });
    expect(planBudget([daily], budget(58)).fits).toBe(false);
  });

  test("slows only those whose payer runs short", () => {
    const plan = planBudget([item("a"), item("b", { payer: "chen" })], budget(null, 30, [["chen", 20]]));
    expect([...plan.everyDays.values()]).toEqual([1, 3]);
  });

  test("goes on from the day on which something was renewed last", () => {
    const plan = planBudget([item("a", { firstDay: 1, lastDay: 0 })], budget(20));
    expect(plan.days.flatMap(({ ids }, day) => (ids.length > 0 ? [day] : []))).toEqual([
      3, 6, 9, 12, 15, 18, 21, 24, 27,
    ]);
  });

  const months = fc.record({
    days: fc.integer({ min: 1, max: 31 }),
    credits: fc.nat({ max: 3000 }),
    items: fc.array(
      fc.record({
        priority: fc.integer({ min: 1, max: 3 }),
        from: fc.nat({ max: 12 }),
        count: fc.integer({ min: 1, max: 6 }),
        surplus: fc.nat({ max: 2 }),
        hour: fc.constantFrom(9, 14),
        firstDay: fc.nat({ max: 1 }),
        lastDay: fc.option(fc.integer({ min: -20, max: 0 })),
        kept: fc.option(fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 8 }), { freq: 6 }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  });
  type Month = typeof months extends fc.Arbitrary<infer T> ? T : never;
  const itemsOf = ({ items }: Month) =>
    items.map(({ from, count, surplus, lastDay, firstDay, ...rest }, index): PlanItem => {
      const pages = pagesOf(from, count);
      const priceCredits = (count + surplus) * PRICE_CREDITS;
      return {
        id: `${index}`,
        payer: "mia",
        pages,
        priceCredits,
        ...rest,
        lastDay,
        firstDay: lastDay === 0 ? 1 : firstDay,
      };
    });

  test("is never above it, in 10,000 random months, and the calendar adds up to its cost", () => {
    fc.assert(
      fc.property(months, (month) => {
        const items = itemsOf(month);
        const plan = planBudget(items, budget(month.credits, month.days));
        const cost = costOf(items, plan.everyDays, month.days);
        expect(plan.credits).toBe(cost);
        expect(plan.days.reduce((sum, { credits }) => sum + credits, 0)).toBe(cost);
        const kept = costOf(items, new Map(), month.days);
        if (kept <= month.credits) expect(cost).toBeLessThanOrEqual(month.credits);
        else expect(plan.fits).toBe(false);
      }),
      { numRuns: 10_000 },
    );
  });

  test("that nothing comes between is kept to day by day: never above the budget, and nothing renewed less often than planned", () => {
    fc.assert(
      fc.property(months, (month) => {
        const items = itemsOf(month).map((one) => ({
          ...one,
          kept: null,
          firstDay: 0,
          lastDay: null as number | null,
        }));
        const { days, credits } = month;
        const planned = planBudget(items, budget(credits, days));
        const last = new Map<string, number | null>(items.map(({ id }) => [id, null]));
        const renewals = new Map<string, number>();
        let plan = planned;
        let spent = 0;
        for (let day = 0; day < days; day += 1) {
          const due = items.filter(({ id }) => plan.days[0]?.ids.includes(id));
          spent += plan.days[0]?.credits ?? 0;
          for (const { id } of due) {
            last.set(id, day);
            renewals.set(id, (renewals.get(id) ?? 0) + 1);
          }
          const rest = items.map((one) => {
            const at = last.get(one.id) ?? null;
            return { ...one, lastDay: at === null ? null : at - day - 1 };
          });
          const paces = new Map(items.map(({ id }) => [id, plan.everyDays.get(id) ?? days]));
          plan = planBudget(
            rest,
            { ...budget(credits - spent, days - day - 1), periodDays: Math.max(days, 30) },
            paces,
          );
        }
        expect(spent).toBeLessThanOrEqual(credits);
        for (const { id } of items) {
          const asPlanned = planned.days.filter(({ ids }) => ids.includes(id)).length;
          expect(renewals.get(id) ?? 0).toBeGreaterThanOrEqual(asPlanned);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("never renews the more important of two less often, where it costs no more", () => {
    fc.assert(
      fc.property(months, (month) => {
        const items = itemsOf(month).filter(({ kept }) => kept === null);
        const { everyDays } = planBudget(items, budget(month.credits, month.days));
        const often = ({ id }: PlanItem) => everyDays.get(id) ?? Number.POSITIVE_INFINITY;
        for (const high of items) {
          for (const low of items) {
            if (high.priority >= low.priority || high.priceCredits > low.priceCredits) continue;
            expect(often(high)).toBeLessThanOrEqual(often(low));
          }
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
