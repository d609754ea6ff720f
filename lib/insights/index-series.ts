import "server-only";
import type { Compared } from "./compare-schemas";

type Known = { at: string; value: number | null };
type Indexed = { base: string | null; values: (number | null)[] };

/** A rank is a place and a change may be 0 or less: neither is so many per cent of another. */
export const isIndexable = (metric: Compared): boolean => metric !== "rank" && metric !== "postsChangePct";

/**
 * Series whose values are per cent of the value at a common base: the first place at which each series that has a value
 * above 0 has one. Where there is none, each series has a base of its own, its first value above 0. Missing stays missing.
 */
export function indexSeries(series: readonly (readonly Known[])[]): { base: string | null; series: Indexed[] } {
  const fit = series.map(
    (points) => new Map(points.flatMap(({ at, value }) => (value !== null && value > 0 ? [[at, value]] : []))),
  );
  const [first, ...others] = fit.filter(({ size }) => size > 0);
  const base = [...(first?.keys() ?? [])].find((at) => others.every((other) => other.has(at))) ?? null;
  return {
    base,
    series: series.map((points, index) => {
      const own = fit[index] ?? new Map<string, number>();
      const at = base !== null && own.has(base) ? base : ([...own.keys()][0] ?? null);
      const whole = own.get(at ?? "");
      return {
        base: at,
        values: points.map(({ value }) => (value === null || whole === undefined ? null : (value / whole) * 100)),
      };
    }),
  };
}
