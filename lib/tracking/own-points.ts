import "server-only";
import { monthNumber } from "@/lib/insights/day-points";
import type { Region } from "@/lib/insights/schemas";
import { OWN_FIGURES, type OwnFigure, type OwnNumber } from "./own-number-schemas";

type OwnLine = { points: { x: number; value: number }[]; currency: string | null };

/**
 * A team's own figure in one region as a line over months, oldest first; null where there is none. Of amounts only the
 * months in the newest month's currency: nothing is converted.
 */
export function ownLine(numbers: readonly OwnNumber[], region: Region, shown: string): OwnLine | null {
  const figure = OWN_FIGURES.find((name): name is OwnFigure => name === shown);
  if (!figure) return null;
  const known = numbers
    .flatMap((number) => {
      const value = number[figure];
      return number.region === region && value !== null
        ? [{ x: monthNumber(number.month), value, currency: number.currency }]
        : [];
    })
    .sort((a, b) => a.x - b.x);
  const newest = known.at(-1);
  if (!newest) return null;
  const currency = figure === "cpa" || figure === "cost" ? newest.currency : null;
  const points = known
    .filter((point) => currency === null || point.currency === currency)
    .map(({ x, value }) => ({ x, value }));
  return { points, currency };
}
