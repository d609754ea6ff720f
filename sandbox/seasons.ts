import { dateOf } from "./calendar";
import type { Market } from "./markets";

interface Curve {
  /** Day of the year of the peak; for `climate` curves that of the northern half. */
  peak: number;
  widthDays: number;
  low: number;
  high: number;
  climate?: true;
}

const CURVES: Record<string, Curve> = {
  winter: { peak: 355, widthDays: 45, low: 0.55, high: 1.8, climate: true },
  summer: { peak: 176, widthDays: 40, low: 0.5, high: 1.9, climate: true },
  garden: { peak: 115, widthDays: 35, low: 0.7, high: 1.6, climate: true },
  school: { peak: 232, widthDays: 18, low: 0.85, high: 1.9, climate: true },
  gift: { peak: 339, widthDays: 16, low: 0.95, high: 1.6 },
  valentine: { peak: 36, widthDays: 9, low: 0.95, high: 1.6 },
  christmas: { peak: 332, widthDays: 18, low: 0.12, high: 3 },
  halloween: { peak: 288, widthDays: 13, low: 0.15, high: 3 },
  newyear: { peak: 6, widthDays: 16, low: 0.9, high: 1.6 },
};

const YEAR_DAYS = 365.25;
/** Twelve moons; the mean is near enough for an invented season. */
const LUNAR_YEAR_DAYS = 354.367;
/** A day in the middle of the weeks before the feast that ends Ramadan: 2025-03-16. */
const RAMADAN_PEAK = 20_163;
const RAMADAN_WIDTH_DAYS = 15;

/** The names that a category's `season` may have; the number of a season is its place here. 0 is none. */
export const SEASONS: readonly string[] = ["", ...Object.keys(CURVES), "ramadan"];

/** Sunday first. */
const WEEK = [1.05, 0.97, 0.96, 0.98, 1, 1.02, 1.06] as const;

function distance(a: number, b: number, cycle: number): number {
  const apart = (((a - b) % cycle) + cycle) % cycle;
  return Math.min(apart, cycle - apart);
}

function bump(apart: number, width: number): number {
  return Math.exp(-((apart / width) ** 2) / 2);
}

/** How strong each season is on a day in a market: one factor around 1 for each name in `SEASONS`. */
export function seasonFactors(day: number, market: Market): Float64Array {
  const ofYear = day % YEAR_DAYS;
  const factors = Object.values(CURVES).map((curve) => {
    if (curve.climate && market.climate === "tropic") return 1;
    const peak = curve.climate && market.climate === "south" ? curve.peak + YEAR_DAYS / 2 : curve.peak;
    return curve.low + (curve.high - curve.low) * bump(distance(ofYear, peak, YEAR_DAYS), curve.widthDays);
  });
  const ramadan = bump(distance(day, RAMADAN_PEAK, LUNAR_YEAR_DAYS), RAMADAN_WIDTH_DAYS);
  return Float64Array.from([1, ...factors, 0.85 + (market.muslim ? 1.4 : 0.4) * ramadan]);
}

/** What the day of the week and sales days do to the whole of a market: a factor around 1. */
export function dayFactor(day: number, market: Market): number {
  const date = dateOf(market.gulfWeekend ? day + 1 : day);
  return (WEEK[date.getUTCDay()] ?? 1) * salesFactor(dateOf(day), market);
}

function salesFactor(date: Date, market: Market): number {
  const month = date.getUTCMonth() + 1;
  const ofMonth = date.getUTCDate();
  if (market.doubleDays) {
    const ahead = month - ofMonth;
    return ahead === 0 ? 1.25 : ahead > 0 && ahead <= 2 ? 1.1 : 1;
  }
  // The week of the fourth Thursday of November and the Monday after it.
  if (month !== 11 && month !== 12) return 1;
  const firstWeekday = new Date(Date.UTC(date.getUTCFullYear(), 10, 1)).getUTCDay();
  const thursday = 22 + ((4 - firstWeekday + 7) % 7);
  const after = ofMonth + (month === 12 ? 30 : 0) - thursday;
  return after >= -3 && after <= 4 ? 1.2 : 1;
}
