import "server-only";
import { daysBetween } from "@/lib/platform/format/days";
import type { Forecast } from "./schemas";

/** Complete days needed before anything is said. */
const FEWEST_DAYS = 5;
/** Older habits say little about this month. */
const MOST_DAYS = 56;
/** 8 of 10: between the 10th and the 90th percentile of a normal distribution. */
const Z = 1.2816;

export type ForecastInput = {
  /** The running period; days are the team's, both ends included. */
  period: { from: string; to: string };
  /** First day that is known to the last credit, of this period or the one before. */
  knownFrom: string;
  /** Today, and how much of it is over, 0 to 1. */
  today: string;
  dayShare: number;
  /** Charged credits by day, in any order; a day that is missing cost nothing. */
  days: { day: string; spent: number }[];
  /** Charged credits of the running period. */
  spent: number;
  /** Credits that stand against the limit without being charged. */
  held: number;
  limit: number | null;
};

/**
 * What the period will have cost at its end: what is spent, and for each day to come the mean of its weekday (of all
 * days, while a weekday was seen only once). The range is that of 8 in 10 such periods: the days' own variance, never
 * less than a Poisson's, and the doubt of a mean drawn from few days. Null while fewer than five complete days with
 * spending among them are known: too early to tell. Never below what is spent.
 */
export function forecast(input: ForecastInput): Forecast | null {
  const { period, today, spent } = input;
  const sample = sampleOf(input);
  if (sample.length < FEWEST_DAYS || sample.every((day) => day.spent === 0)) return null;
  if (today > period.to) {
    return { expected: spent, low: spent, high: spent, basisDays: sample.length, limitReachedOn: null };
  }

  const means = weekdayMeans(sample);
  const spread = varianceAround(sample, means);
  const ahead = daysBetween(today, period.to);
  // Of today only what is left of it.
  const weights = ahead.map((_, index) => (index === 0 ? 1 - input.dayShare : 1));
  const coming = ahead.map((day, index) => (means[weekday(day)] ?? 0) * (weights[index] ?? 0));
  const total = sum(coming);
  const span = sum(weights);
  const deviation = Math.sqrt(span * spread + (span * span * spread) / sample.length);
  return {
    expected: spent + Math.round(total),
    low: spent + Math.max(0, Math.floor(total - Z * deviation)),
    high: spent + Math.ceil(total + Z * deviation),
    basisDays: sample.length,
    limitReachedOn: limitDay(input, ahead, coming),
  };
}

/** Complete days since somebody first spent, each with its credits; the newest eight weeks of them. */
function sampleOf({ knownFrom, today, days }: ForecastInput): { day: string; spent: number }[] {
  const spentOn = new Map(days.map(({ day, spent }) => [day, spent]));
  const first = days
    .filter(({ spent }) => spent > 0)
    .map(({ day }) => day)
    .sort()[0];
  if (!first || first >= today) return [];
  const from = first > knownFrom ? first : knownFrom;
  return daysBetween(from, today)
    .slice(0, -1)
    .slice(-MOST_DAYS)
    .map((day) => ({ day, spent: spentOn.get(day) ?? 0 }));
}

/** The mean of each weekday, 0 (Sunday) to 6; a weekday seen once takes the mean of all days. */
function weekdayMeans(sample: { day: string; spent: number }[]): number[] {
  const mean = sum(sample.map(({ spent }) => spent)) / sample.length;
  return Array.from({ length: 7 }, (_, index) => {
    const same = sample.filter(({ day }) => weekday(day) === index);
    return same.length < 2 ? mean : sum(same.map(({ spent }) => spent)) / same.length;
  });
}

function varianceAround(sample: { day: string; spent: number }[], means: number[]): number {
  const squares = sample.map(({ day, spent }) => (spent - (means[weekday(day)] ?? 0)) ** 2);
  const mean = sum(sample.map(({ spent }) => spent)) / sample.length;
  return Math.max(sum(squares) / Math.max(1, sample.length - 1), mean);
}

/** The day on which what is left of the limit will be used up. */
function limitDay({ limit, spent, held, period }: ForecastInput, ahead: string[], coming: number[]): string | null {
  if (limit === null) return null;
  let left = limit - spent - held;
  for (const [index, day] of ahead.entries()) {
    left -= coming[index] ?? 0;
    if (left <= 0) return day <= period.to ? day : null;
  }
  return null;
}

const weekday = (day: string) => new Date(day).getUTCDay();
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
