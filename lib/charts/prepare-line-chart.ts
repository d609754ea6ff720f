/**
 * A value at a place in time, in whole days or months; null where the provider gave none. `isApart` is not joined with
 * the point before: the two cannot be compared.
 */
export type LinePoint = { x: number; value: number | null; isApart?: boolean };

/** A line of its own colour; points oldest first, no two at the same place. */
export type LineSeries = { key: string; slot: number; points: readonly LinePoint[] };

export type LineChartInput = {
  series: readonly LineSeries[];
  from: number;
  to: number;
  /** Two neighbours further apart are not joined: there are days between them that no value covers. */
  maxGap: number;
  /** Places at which something is to be marked. */
  marked?: readonly number[];
  /** A rank: 1 stands on top, and there are no fractions of it. */
  isRank?: boolean;
};

/** Places are shares of the plot from its left and from its top, 0 to 1; `paths` are in thousandths of it. */
export type LineChart = {
  ticks: { value: number; y: number }[];
  /** Places of the axis of time. */
  marks: { at: number; x: number }[];
  lines: {
    key: string;
    slot: number;
    /** One `d` of an SVG path for each stretch without a gap. */
    paths: string[];
    /** Points that stand alone. */
    dots: { x: number; y: number }[];
    last: { x: number; y: number } | null;
    /** Where its name stands beside the plot: at the height of its newest point, but not on another's. */
    nameY: number | null;
  }[];
  /** Of a single line: where it breaks off and goes on. */
  gaps: { from: number; to: number }[];
  /** Marked places within the plot. */
  events: { at: number; x: number }[];
  /** Every place that has a value, oldest first: what a pointer or a key stops at. */
  stops: { at: number; x: number; values: { key: string; slot: number; value: number; y: number }[] }[];
};

type Spot = { x: number; y: number };
type Known = { x: number; value: number };

const MOST_MARKS = 5;
/** Names beside the plot need so much of its height each. */
const NAME_HEIGHT = 0.075;
const STEPS = [1, 2, 3, 7, 14, 28, 56, 91, 182, 364, 728];

const isKnown = (point: LinePoint): point is Known => point.value !== null;

/**
 * Lines over time as a component draws them without deciding anything. Nothing is drawn across a gap: neither where a
 * value is missing nor where two points are further apart than `maxGap`. A point alone is a dot. Points outside of
 * `from` and `to` are left out. Null when there is no value at all.
 */
export function prepareLineChart({
  series,
  from,
  to,
  maxGap,
  marked = [],
  isRank = false,
}: LineChartInput): LineChart | null {
  const shown = series.map((one) => ({ ...one, points: one.points.filter(({ x }) => x >= from && x <= to) }));
  const values = shown.flatMap(({ points }) => points.filter(isKnown).map(({ value }) => value));
  if (values.length === 0) return null;
  const ticks = ticksOf(Math.min(...values), Math.max(...values), isRank);
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const placeX = (x: number) => (to === from ? 1 : (x - from) / (to - from));
  const placeY = (value: number) => (isRank ? value - low : high - value) / (high - low);
  const spotOf = ({ x, value }: Known): Spot => ({ x: placeX(x), y: placeY(value) });

  const stretches = shown.map(({ points }) => stretchesOf(points, maxGap));
  const [only] = stretches.length === 1 ? stretches : [];
  const names = apart(stretches.map((one) => one.at(-1)?.at(-1)).map((newest) => (newest ? spotOf(newest).y : null)));
  return {
    ticks: ticks.map((value) => ({ value, y: placeY(value) })),
    marks: marksOf(from, to).map((at) => ({ at, x: placeX(at) })),
    lines: shown.map(({ key, slot }, index) => {
      const spots = (stretches[index] ?? []).map((stretch) => stretch.map(spotOf));
      return {
        key,
        slot,
        paths: spots.filter(({ length }) => length > 1).map(pathOf),
        dots: spots.filter(({ length }) => length === 1).flat(),
        last: spots.at(-1)?.at(-1) ?? null,
        nameY: names[index] ?? null,
      };
    }),
    gaps: (only ?? []).slice(1).map((after, index) => ({
      from: placeX(only?.[index]?.at(-1)?.x ?? from),
      to: placeX(after[0]?.x ?? to),
    })),
    events: marked.filter((at) => at >= from && at <= to).map((at) => ({ at, x: placeX(at) })),
    stops: stopsOf(shown, placeX, placeY),
  };
}

/** Heights moved as little as it takes that none is nearer than a name to the next, in their order, within the plot. */
function apart(heights: readonly (number | null)[]): (number | null)[] {
  const order = heights.flatMap((y, index) => (y === null ? [] : [{ y, index }])).sort((a, b) => a.y - b.y);
  const placed = [...heights];
  let floor = 0;
  for (const { y, index } of order) {
    placed[index] = Math.max(floor, y);
    floor = (placed[index] ?? 0) + NAME_HEIGHT;
  }
  let ceiling = 1;
  for (const { index } of order.reverse()) {
    placed[index] = Math.min(ceiling, placed[index] ?? 0);
    ceiling = (placed[index] ?? 1) - NAME_HEIGHT;
  }
  return placed;
}

/** Known points in runs of neighbours. */
function stretchesOf(points: readonly LinePoint[], maxGap: number): Known[][] {
  const stretches: Known[][] = [];
  let before: number | null = null;
  for (const point of points) {
    if (point.isApart) before = null;
    if (!isKnown(point)) {
      before = null;
      continue;
    }
    if (before === null || point.x - before > maxGap) stretches.push([point]);
    else stretches.at(-1)?.push(point);
    before = point.x;
  }
  return stretches;
}

const thousandths = (share: number) => Math.round(share * 10_000) / 10;
const pathOf = (spots: Spot[]) => `M${spots.map(({ x, y }) => `${thousandths(x)} ${thousandths(y)}`).join("L")}`;

function stopsOf(
  series: readonly LineSeries[],
  placeX: (x: number) => number,
  placeY: (value: number) => number,
): LineChart["stops"] {
  const stops = new Map<number, LineChart["stops"][number]>();
  for (const { key, slot, points } of series) {
    for (const { x: at, value } of points.filter(isKnown)) {
      const stop = stops.get(at) ?? { at, x: placeX(at), values: [] };
      stop.values.push({ key, slot, value, y: placeY(value) });
      stops.set(at, stop);
    }
  }
  return [...stops.values()].sort((a, b) => a.at - b.at);
}

/**
 * Evenly spaced values around all that are shown, in steps of 1, 2 or 5 times a power of 10. What never changes lies in
 * the middle. Ranks are whole and begin at 1, whose tick stands where 0 would.
 */
function ticksOf(low: number, high: number, isRank: boolean): number[] {
  const room = high === low ? Math.abs(high) * 0.1 || 1 : 0;
  // A step beneath a billionth of the values would be lost in their own digits.
  const least = Math.max(Math.abs(low), Math.abs(high)) * 1e-9;
  const rough = Math.max((high - low + 2 * room) / 4, isRank ? 1 : least);
  const power = Math.floor(Math.log10(rough));
  // A tenth of slack: 0.2 divided by its own power may be a hair above 2.
  const factor = [1, 2, 5, 10].find((one) => one * 1.000001 >= rough / 10 ** power) ?? 10;
  const at = (count: number) => Number((count * factor * 10 ** power).toPrecision(12));
  const first = Math.floor((low - room) / at(1) + 1e-9);
  const last = Math.max(first + 1, Math.ceil((high + room) / at(1) - 1e-9));
  const begin = low >= 0 ? Math.max(0, first) : first;
  const ticks = Array.from({ length: last - begin + 1 }, (_, index) => at(begin + index));
  return isRank && ticks[0] === 0 ? [1, ...ticks.slice(1).filter((tick) => tick > 1)] : ticks;
}

/** Places in even steps back from the newest. */
function marksOf(from: number, to: number): number[] {
  const step = STEPS.find((one) => (to - from) / one <= MOST_MARKS) ?? (to - from) / MOST_MARKS;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => to - index * step).reverse();
}
