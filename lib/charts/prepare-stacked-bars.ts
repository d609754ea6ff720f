import { daysBetween } from "@/lib/platform/format/days";

/** A series that parts of bars belong to. `slot` is its colour, the same wherever the series is shown. */
export type BarSeries = { key: string; slot: number; total: number };

/** One part of a bar, from the axis upwards: where it begins and ends on the axis, 0 to 1. */
export type BarPart = { key: string; slot: number; value: number; from: number; to: number };

export type Bar = {
  /** First and last day of the bar, the same for a bar of one day. */
  from: string;
  to: string;
  total: number;
  parts: BarPart[];
  isToday: boolean;
  /** It has not begun: nothing is known, so nothing is drawn. */
  isFuture: boolean;
};

export type StackedBars = { unit: "day" | "week" | "month"; ticks: number[]; series: BarSeries[]; bars: Bar[] };

export type StackedBarsInput = {
  values: { day: string; series: string; value: number }[];
  from: string;
  to: string;
  today: string;
  /** Series that have a colour of their own whatever else there is, and series in the order of their first coming. */
  fixed: { key: string; slot: number }[];
  order: string[];
};

/** Colours that are handed out to series in their order; the fixed ones bring theirs. */
export const SLOTS = 8;
const MOST_SERIES = 5;
const OTHERS = "others";
const MOST_DAYS = 45;
const MOST_WEEKS = 60;
const DAY_MS = 86_400_000;

/**
 * Bars of stacked parts over days that follow each other, by week (from Monday) when there are more than 45, by month
 * beyond 60 weeks. A day without values is a bar of 0. Of many series the five greatest keep their name, the rest is
 * `others`; the order of the stack is that of the series, so that a member is found at the same place in each bar.
 */
export function prepareStackedBars(input: StackedBarsInput): StackedBars {
  const { from, to, today } = input;
  const days = daysBetween(from, to);
  const unit = days.length <= MOST_DAYS ? "day" : days.length <= MOST_WEEKS * 7 ? "week" : "month";
  const series = chosenSeries(input);
  const named = new Set(series.map(({ key }) => key));
  const sums = new Map<string, Map<string, number>>();
  for (const { day, series: key, value } of input.values) {
    if (day < from || day > to) continue;
    const bar = sums.get(startOf(day, unit)) ?? new Map<string, number>();
    const part = named.has(key) ? key : OTHERS;
    bar.set(part, (bar.get(part) ?? 0) + value);
    sums.set(startOf(day, unit), bar);
  }
  const spans = new Map<string, { from: string; to: string }>();
  for (const day of days) {
    const start = startOf(day, unit);
    spans.set(start, { from: spans.get(start)?.from ?? day, to: day });
  }
  const totals = [...spans.keys()].map((start) => sum([...(sums.get(start)?.values() ?? [])]));
  const ticks = niceTicks(Math.max(0, ...totals));
  const top = ticks.at(-1) ?? 1;
  const bars = [...spans].map(([start, span], index) => ({
    ...span,
    total: totals[index] ?? 0,
    parts: stack(series, sums.get(start) ?? new Map(), top),
    isToday: span.from <= today && today <= span.to,
    isFuture: span.from > today,
  }));
  return { unit, ticks, series, bars };
}

/** The series that are shown by name, in the order of the stack, each with its colour. */
function chosenSeries({ values, from, to, fixed, order }: StackedBarsInput): BarSeries[] {
  const totals = new Map<string, number>();
  for (const { day, series, value } of values) {
    if (day >= from && day <= to) totals.set(series, (totals.get(series) ?? 0) + value);
  }
  const isFixed = (key: string) => fixed.some((one) => one.key === key);
  const places = new Map(order.map((key, index) => [key, index]));
  const place = (key: string) => places.get(key) ?? order.length;
  const free = [...totals.keys()].filter((key) => !isFixed(key) && (totals.get(key) ?? 0) > 0);
  const shown = [...free]
    .sort((a, b) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0) || place(a) - place(b))
    .slice(0, free.length > MOST_SERIES + 1 ? MOST_SERIES : MOST_SERIES + 1)
    .sort((a, b) => place(a) - place(b) || a.localeCompare(b));
  const rest = sum(free.filter((key) => !shown.includes(key)).map((key) => totals.get(key) ?? 0));
  totals.set(OTHERS, (totals.get(OTHERS) ?? 0) + rest);
  const taken = new Set<number>();
  const coloured = shown.map((key) => {
    let slot = place(key) % SLOTS;
    while (taken.has(slot)) slot = (slot + 1) % SLOTS;
    taken.add(slot);
    return { key, slot, total: totals.get(key) ?? 0 };
  });
  return [
    ...coloured,
    ...fixed.flatMap(({ key, slot }) => {
      const total = totals.get(key) ?? 0;
      return total > 0 ? [{ key, slot, total }] : [];
    }),
  ];
}

function stack(series: BarSeries[], sums: Map<string, number>, top: number): BarPart[] {
  let below = 0;
  return series.flatMap(({ key, slot }) => {
    const value = sums.get(key) ?? 0;
    if (value <= 0) return [];
    const part = { key, slot, value, from: below / top, to: (below + value) / top };
    below += value;
    return [part];
  });
}

/** Three to six whole, evenly spaced values from 0 to one that is not below `max`: steps of 1, 2 or 5 times a power of 10. */
export function niceTicks(max: number): number[] {
  const rough = Math.max(max, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? 1);
  const count = Math.max(2, Math.ceil(max / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** The first day of the bar that holds a day: itself, its Monday, or the first of its month. */
function startOf(day: string, unit: StackedBars["unit"]): string {
  if (unit === "day") return day;
  if (unit === "month") return `${day.slice(0, 7)}-01`;
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return new Date(Date.parse(day) - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}
