import "server-only";
import { MAX_PAGE, PAGE_SIZE } from "@/lib/insights/schemas";

/** A place that an unfiltered ranking held a category at. */
export type SeenRank = { rank: number; ageDays: number };

export type RankingState = {
  /** How many rows the newest answer says there are. */
  total: number | null;
  /** Pages whose answer is young enough: whatever is still due is not on them, and nobody buys them again. */
  known: ReadonlySet<number>;
  /** Pages that failed in this run: they are not repeated, and whatever is likely to stand there is left. */
  failed: ReadonlySet<number>;
};

/** Ranks move by a share of themselves; so many places keep the first ones from seeming immovable. */
const SOFT_PLACES = 10;
const onScale = (rank: number) => Math.log(rank + SOFT_PLACES);

/** How far an item moves in a day before the team's own rankings have shown it, and how many moves that counts as. */
const USUAL_MOVE = 0.04;
const USUAL_WEIGHT = 8;
/** Two sights of the same day say nothing of how far a day moves. */
const LEAST_DAYS = 0.5;
/** The mean of a logistic distribution's distance from its middle, in its own unit. */
const MEAN_DISTANCE = 2 * Math.LN2;
/** That an item has left the ranking, or moved as its ranks do not let one expect. */
const ELSEWHERE = 0.02;
/** Pages of a ranking of which nothing is known: as many as the vendor's full ones have. */
const USUAL_PAGES = 25;

/** How far items of one ranking move in a day, from what was seen of them; further with the root of the days. */
export function usualMove(seen: readonly (readonly SeenRank[])[]): number {
  let sum = USUAL_MOVE * USUAL_WEIGHT;
  let count = USUAL_WEIGHT;
  for (const ranks of seen) {
    ranks.slice(1).forEach((earlier, nth) => {
      const later = ranks[nth] as SeenRank;
      const days = earlier.ageDays - later.ageDays;
      if (days < LEAST_DAYS) return;
      sum += Math.abs(onScale(later.rank) - onScale(earlier.rank)) / Math.sqrt(days);
      count++;
    });
  }
  return sum / count;
}

/**
 * How likely an item stands on each page of a ranking now, page 1 at index 0. Windows move by days: until the next day
 * is in, an item is where it was seen. Pages that are known not to hold it are out, so that the others gain.
 * @returns null where it rather stands on a page that failed than anywhere else
 */
export function likelyPages(
  ranks: readonly SeenRank[],
  { total, known, failed }: RankingState,
  move: number,
): number[] | null {
  const [last] = ranks;
  const rows = Math.max(total ?? USUAL_PAGES * PAGE_SIZE, last?.rank ?? 0, 1);
  const count = Math.min(MAX_PAGE, Math.ceil(rows / PAGE_SIZE));
  const hasMoved = last ? Math.min(1, last.ageDays) : 1;
  const spread = (move * Math.sqrt(Math.max(1, last?.ageDays ?? 1))) / MEAN_DISTANCE;
  const weights = Array.from({ length: count }, (_, nth) => (known.has(nth + 1) ? 0 : weightOf(nth)));
  // Never 0: nothing may be left of an item that was seen just now on a page that no longer holds it.
  const elsewhere = Math.max(ELSEWHERE * hasMoved, Number.EPSILON);
  const sum = weights.reduce((all, weight) => all + weight, elsewhere);
  const likely = weights.map((weight, nth) => (failed.has(nth + 1) ? 0 : weight / sum));
  const onFailed = weights.reduce((all, weight, nth) => all + (failed.has(nth + 1) ? weight / sum : 0), 0);
  return onFailed < 0.5 ? likely : null;

  function weightOf(nth: number): number {
    if (!last) return 1 / count;
    const [from, to] = [nth * PAGE_SIZE + 0.5, (nth + 1) * PAGE_SIZE + 0.5];
    const isHere = last.rank > from && last.rank < to;
    return (isHere ? 1 - hasMoved : 0) + hasMoved * (above(to, last.rank) - above(from, last.rank));
  }

  function above(place: number, rank: number): number {
    return 1 / (1 + Math.exp((onScale(rank) - onScale(place)) / spread));
  }
}
