import "server-only";
import { PRICE_CREDITS } from "@/lib/insights/schemas";

/** Days count from today, which is 0. */
export type PlanItem = {
  id: string;
  /** 1 is the most important. */
  priority: number;
  priceCredits: number;
  hour: number;
  /** The pages that a renewal asks; those that another renewal of the same moment asks too are bought once. */
  pages: readonly string[];
  payer: string;
  /** The days on which it renews whatever the budget is; null for what the budget decides. */
  kept: readonly number[] | null;
  /** The first day on which it can renew, and the last on which it did: 0 or less. */
  firstDay: number;
  lastDay: number | null;
};

export type Budget = {
  /** The days that are left, and those of the whole period. */
  days: number;
  periodDays: number;
  /** What all renewals of these days may cost; null is no limit. */
  credits: number | null;
  /** What a payer has left, for those who have a limit. */
  ofPayers: ReadonlyMap<string, number>;
};

export type BudgetPlan = {
  /** Days from one renewal to the next; null for what the budget does not reach before these days are over. */
  everyDays: Map<string, number | null>;
  days: { credits: number; ids: string[] }[];
  credits: number;
  /** False only where what is kept costs more than there is. */
  fits: boolean;
};

const WEEK = 7;
const NEVER = Number.POSITIVE_INFINITY;

/**
 * How often each thing renews, so that these days stay within the budget. Everything begins daily; then the least
 * important is slowed down to once a week, then the more important, then all to once in the period, and only then
 * something stops. What is left over makes the most important more frequent again. Of two things, the more important is
 * never renewed less often than another one that costs as much or more.
 * @param current paces of a plan under way: while they fit they stay, and only what is left over is given out
 */
export function planBudget(
  items: readonly PlanItem[],
  budget: Budget,
  current: ReadonlyMap<string, number> | null = null,
): BudgetPlan {
  const book = openBook(items, budget.days);
  const planned = items.filter(({ kept }) => kept === null);
  const most = budget.credits ?? NEVER;
  const isOverdrawn = ({ payer }: PlanItem) => book.ofPayer(payer) > (budget.ofPayers.get(payer) ?? NEVER);
  const limited = [...budget.ofPayers].filter(([payer]) => items.some((item) => item.payer === payer));
  const fits = () => book.credits() <= most && limited.every(([payer, left]) => book.ofPayer(payer) <= left);
  const hasToYield = (item: PlanItem) => book.credits() > most || isOverdrawn(item);
  const leastFirst = [...new Set(planned.map(({ priority }) => priority))].toSorted((a, b) => b - a);
  const classes = leastFirst.map((one) => planned.filter(({ priority }) => priority === one));

  const setAll = (paceOf: (item: PlanItem) => number) => {
    for (const item of planned) book.set(item, paceOf(item));
  };
  if (current) setAll(({ id }) => current.get(id) ?? 1);
  if (current && !fits()) setAll(() => 1);
  // Paces of the whole period: near its end too, what was renewed a moment ago waits before what matters more does.
  for (const slowest of [Math.min(WEEK, budget.periodDays), budget.periodDays]) {
    for (const alike of classes) {
      for (let every = 2; every <= slowest && !fits(); every += 1) {
        for (const item of alike.filter((one) => hasToYield(one) && book.every(one) < every)) book.set(item, every);
      }
    }
  }
  for (const alike of classes) {
    for (const item of alike.toSorted((a, b) => b.priceCredits - a.priceCredits)) {
      if (!fits() && hasToYield(item)) book.set(item, NEVER);
    }
  }
  const mostFirst = planned.toSorted((a, b) => a.priority - b.priority || a.priceCredits - b.priceCredits);
  for (const item of mostFirst) {
    const now = book.every(item);
    if (now === 1) continue;
    const before = mostFirst.filter((one) => one.priority < item.priority && one.priceCredits <= item.priceCredits);
    const least = before.reduce((most, one) => Math.max(most, book.every(one)), 1);
    for (let every = least; every < Math.min(now, budget.periodDays + 1); every += 1) {
      book.set(item, every);
      if (fits()) break;
      book.set(item, now);
    }
  }
  return {
    everyDays: new Map(planned.map((item) => [item.id, Number.isFinite(book.every(item)) ? book.every(item) : null])),
    days: book.days(),
    credits: book.credits(),
    fits: fits(),
  };
}

/** What these days cost with such frequencies; what is not named has none, unless it is kept. */
export function costAt(
  items: readonly PlanItem[],
  days: number,
  everyDays: ReadonlyMap<string, number | null>,
): number {
  const book = openBook(items, days);
  for (const item of items) book.set(item, everyDays.get(item.id) ?? NEVER);
  return book.credits();
}

function daysOf({ kept, firstDay, lastDay }: PlanItem, every: number, days: number): number[] {
  if (kept) return kept.filter((day) => day < days);
  const due: number[] = [];
  for (let day = Math.max(firstDay, (lastDay ?? firstDay - every) + every); day < days; day += every) due.push(day);
  return due;
}

/** What each day costs, kept up to date while single things become more or less frequent. */
function openBook(items: readonly PlanItem[], days: number) {
  const bought = Array.from({ length: days }, () => new Map<string, number>());
  const due = Array.from({ length: days }, () => new Set<string>());
  const perDay = new Array<number>(days).fill(0);
  const perPayer = new Map<string, number>();
  const frequency = new Map<string, number>();
  let total = 0;

  const put = (item: PlanItem, every: number, sign: 1 | -1) => {
    for (const day of daysOf(item, every, days)) {
      const pages = bought[day];
      if (!pages) continue;
      let credits = item.priceCredits;
      for (const page of item.pages) {
        const key = `${item.hour} ${page}`;
        const others = (pages.get(key) ?? 0) - (sign === 1 ? 0 : 1);
        if (others > 0) credits -= PRICE_CREDITS;
        pages.set(key, sign === 1 ? others + 1 : others);
      }
      if (sign === 1) due[day]?.add(item.id);
      else due[day]?.delete(item.id);
      perDay[day] = (perDay[day] ?? 0) + sign * credits;
      total += sign * credits;
      // Who is first pays for what they share, and nobody knows who that will be.
      perPayer.set(item.payer, (perPayer.get(item.payer) ?? 0) + sign * item.priceCredits);
    }
  };
  const every = ({ id }: PlanItem) => frequency.get(id) ?? 1;
  for (const item of items) put(item, 1, 1);
  return {
    every,
    set(item: PlanItem, days: number) {
      put(item, every(item), -1);
      frequency.set(item.id, days);
      put(item, days, 1);
    },
    credits: () => total,
    ofPayer: (payer: string) => perPayer.get(payer) ?? 0,
    days: () => perDay.map((credits, day) => ({ credits, ids: [...(due[day] ?? [])] })),
  };
}
