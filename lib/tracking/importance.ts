import "server-only";

export type Weighed = {
  kind: "up" | "down" | "new" | "gone" | "same";
  change: number | null;
  /** Of its usual swing. */
  times: number | null;
  withinRounding: boolean;
  /** Where it stands, or stood before it was gone. */
  position: number | null;
};

/** A movement beyond this many usual swings is no more important for being further beyond. */
const MOST_TIMES = 10;
/** A first place that is new or gone weighs as much as a move of so many usual swings; the hundredth nothing more. */
const ARRIVAL_TIMES = 3;
const ARRIVAL_DEPTH = 100;

/**
 * What weighs most in a look of one minute: a move by its usual swings, one whose swing nobody knows as one usual swing,
 * what came or went by how high it stood; what may be rounding weighs nothing.
 */
export function importanceOf({ kind, change, times, withinRounding, position }: Weighed): number {
  if (kind === "new" || kind === "gone") {
    const depth = Math.min((position ?? ARRIVAL_DEPTH) - 1, ARRIVAL_DEPTH);
    return 1 + (ARRIVAL_TIMES - 1) * (1 - depth / ARRIVAL_DEPTH);
  }
  if (kind === "same" || withinRounding || !change) return 0;
  return Math.min(times ?? 1, MOST_TIMES);
}

/** Most important first; of two alike the larger move, then the higher place. */
export function byImportance(a: Weighed, b: Weighed): number {
  return (
    importanceOf(b) - importanceOf(a) ||
    Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0) ||
    (a.position ?? Number.MAX_SAFE_INTEGER) - (b.position ?? Number.MAX_SAFE_INTEGER)
  );
}
