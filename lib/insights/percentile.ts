import "server-only";
import type { Metric } from "./schemas";

/** Where a value stands among others: per cent of them that it beats, and how many they are. */
export type Percentile = { pct: number; of: number };

/**
 * How many per cent of the others a value is higher than, or lower than where low is what one looks for; an equal one
 * counts half. Missing ones are left out. Null without the value, or with nothing to compare it with.
 */
export function percentileOf(
  value: number | null,
  others: readonly (number | null)[],
  look: "high" | "low",
): Percentile | null {
  const known = others.filter((other) => other !== null);
  if (value === null || known.length === 0) return null;
  const beaten = known.filter((other) => (look === "high" ? other < value : other > value)).length;
  const equal = known.filter((other) => other === value).length;
  return { pct: ((beaten + equal / 2) / known.length) * 100, of: known.length };
}

/** A figure fit for comparing: a CPA or CVR of 0 may mean "no data" at the provider, so it is none. */
export const comparable = (metric: Metric, value: number | null): number | null =>
  value === 0 && (metric === "cpa" || metric === "cvrPct") ? null : value;
