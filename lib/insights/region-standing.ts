import "server-only";
import { percentChange } from "@/lib/platform/format/percent-change";
import type { Compared } from "./compare-schemas";
import { comparable } from "./percentile";
import { median } from "./robust-spread";
import { isStep } from "./within-rounding";

type RegionFigures = { region: string; value: number | null; before: number | null };
export type Standing = {
  /** Per cent of what it was; of a rank in places, up is positive. */
  change: number | null;
  withinRounding: boolean;
  /** Above the middle of all countries that have a value; a rank is high where its number is low. Null when unknown. */
  isHigh: boolean | null;
  /** Null where nothing before is known. */
  isRising: boolean | null;
};

/**
 * Where one figure is high or rising among countries. "All regions" together stands beside them and is not counted; a
 * CPA or CVR of 0, which may mean "no data", is none. Direction only: whether it is good is not said.
 */
export function standingsOf(metric: Compared, regions: readonly RegionFigures[]): Standing[] {
  const usable = (value: number | null) => (metric === "rank" ? value : comparable(metric, value));
  const countries = regions.filter(({ region }) => region !== "all_regions");
  const known = countries.flatMap(({ value }) => usable(value) ?? []);
  const middle = known.length > 1 ? median(known) : null;
  return regions.map(({ region, value, before }) => {
    const is = usable(value);
    const was = usable(before);
    const change = changeOf(metric, was, is);
    const withinRounding = metric !== "rank" && isStep(was, is);
    const isKnown = is !== null && middle !== null && region !== "all_regions";
    return {
      change,
      withinRounding,
      isHigh: isKnown ? (metric === "rank" ? is < middle : is > middle) : null,
      isRising: change === null ? null : change > 0 && !withinRounding,
    };
  });
}

function changeOf(metric: Compared, was: number | null, is: number | null): number | null {
  if (was === null || is === null) return null;
  if (metric === "rank") return was - is;
  return percentChange(was, is);
}
