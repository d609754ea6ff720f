import "server-only";

/** Makes the median of absolute deviations comparable with a standard deviation, where values are normal. */
const MAD_TO_DEVIATION = 1.4826;

/** The middle of at least one value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const [low, high] = [sorted[half - 1] ?? 0, sorted[half] ?? 0];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/** Where values lie and how far they usually stray from there; a few that lie far out change neither. */
export function robustSpread(values: readonly number[]): { middle: number; deviation: number } {
  const middle = median(values);
  return { middle, deviation: MAD_TO_DEVIATION * median(values.map((value) => Math.abs(value - middle))) };
}
