import type { SparkPoint } from "./prepare-sparkline";

/** As many levels as a small chart can tell apart. */
const LEVELS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const [NO_VALUE, NO_POINT] = ["-", "."];

/**
 * A series, oldest first, as one character for each day or month: how high it lies between its lowest and its highest
 * value. A page of sparklines carries its data so; where `x` begins is lost, and so are the values themselves.
 */
export function packSeries(points: readonly SparkPoint[]): string {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const levelOf = (value: number) => Math.round(((value - low) / (high - low || 1)) * (LEVELS.length - 1));
  let next = points[0]?.x ?? 0;
  return points
    .map(({ x, value }) => {
      const gap = NO_POINT.repeat(x - next);
      next = x + 1;
      return gap + (value === null ? NO_VALUE : LEVELS[levelOf(value)]);
    })
    .join("");
}

/** The points of a packed series, with levels as values. */
export const unpackSeries = (packed: string): SparkPoint[] =>
  [...packed].flatMap((mark, x) =>
    mark === NO_POINT ? [] : [{ x, value: mark === NO_VALUE ? null : LEVELS.indexOf(mark) }],
  );
