/** A value at a place in time, in whatever unit `maxGap` has; null where the provider gave none. */
export type SparkPoint = { x: number; value: number | null };

export type Sparkline = {
  /** One `d` of an SVG path for each stretch without a gap. */
  lines: string[];
  /** Points that stand alone. */
  dots: { x: number; y: number }[];
  /** The newest point. */
  last: { x: number; y: number };
};

/** In units fine enough for whole numbers. */
type Box = { width: number; height: number; maxGap: number };

/**
 * A small line through a series, oldest first. Nothing is drawn across a gap: neither where a value is missing nor where
 * two points are further apart than `maxGap`. A point alone is a dot, a series that never changes lies in the middle.
 * Null when there is no value at all.
 */
export function prepareSparkline(points: readonly SparkPoint[], { width, height, maxGap }: Box): Sparkline | null {
  const known = points.filter((point): point is { x: number; value: number } => point.value !== null);
  const [first, newest] = [known[0], known.at(-1)];
  if (!first || !newest) return null;
  const values = known.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // Half of the last dot's width stays free all around, so that no end is cut.
  const inset = 3;
  const place = (part: number, length: number) => Math.round(inset + part * (length - 2 * inset));
  const at = ({ x, value }: { x: number; value: number }) => ({
    x: place(newest.x === first.x ? 1 : (x - first.x) / (newest.x - first.x), width),
    y: place(high === low ? 0.5 : (high - value) / (high - low), height),
  });

  const stretches: { x: number; y: number }[][] = [];
  let before: number | null = null;
  for (const point of points) {
    if (point.value === null) {
      before = null;
      continue;
    }
    const spot = at({ x: point.x, value: point.value });
    if (before === null || point.x - before > maxGap) stretches.push([spot]);
    else stretches.at(-1)?.push(spot);
    before = point.x;
  }
  return {
    lines: stretches
      .filter(({ length }) => length > 1)
      .map((spots) => `M${spots.map(({ x, y }) => `${x} ${y}`).join("L")}`),
    dots: stretches.filter(({ length }) => length === 1).flat(),
    last: at(newest),
  };
}
