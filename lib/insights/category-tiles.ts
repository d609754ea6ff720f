import "server-only";
import { percentChange } from "@/lib/platform/format/percent-change";
import { METRIC_DICTIONARY } from "./metric-dictionary";
import { comparable, type Percentile, percentileOf } from "./percentile";
import type { CategoryNow } from "./read-category-now";
import { METRICS, type Metric } from "./schemas";
import { isStep } from "./within-rounding";

/** What a category's page can show over time: its figures, and its place in the unfiltered ranking. */
export const SHOWN = ["rank", ...METRICS.filter((metric) => metric !== "postsChangePct")] as readonly Shown[];
export type Shown = "rank" | Exclude<Metric, "postsChangePct">;

export type Tile = {
  shown: Shown;
  value: number | null;
  /** Our own change since the figures before, in per cent of what it was; of a rank in places, up is positive. */
  change: number | null;
  withinRounding: boolean;
  /** Whether the trade is glad of the change; null where it depends or nothing changed. */
  judgement: "better" | "worse" | null;
  look: "high" | "low";
  percentile: Percentile | null;
};

/** Each figure of a category with its change over a window or more, and where it stands among its peers. */
export function tilesOf({ current, before, lastRank, peers }: CategoryNow): Tile[] {
  return SHOWN.map((shown): Tile => {
    if (shown === "rank") {
      const [was, is] = [before?.rank ?? null, current?.rank ?? null];
      const change = was === null || is === null ? null : was - is;
      const rest = { withinRounding: false, judgement: null, look: "low", percentile: null } as const;
      return { shown, value: lastRank?.rank ?? null, change, ...rest };
    }
    const { better } = METRIC_DICTIONARY[shown];
    const [was, is] = [before?.figures[shown] ?? null, current?.figures[shown] ?? null];
    const change = percentChange(was, is);
    const withinRounding = isStep(was, is);
    const look = better === "low" ? "low" : "high";
    return {
      shown,
      value: is,
      change,
      withinRounding,
      judgement: !better || !change || withinRounding ? null : change > 0 === (better === "high") ? "better" : "worse",
      look,
      percentile: percentileOf(
        comparable(shown, is),
        peers.map(({ figures }) => comparable(shown, figures[shown])),
        look,
      ),
    };
  });
}
