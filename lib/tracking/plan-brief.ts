import "server-only";
import type { Question, Region } from "@/lib/insights/schemas";
import { ownQuestion, type PlanItem } from "./plan-refresh";
import type { RefreshTarget } from "./refresh-facts";

/** So many closed months make a trend that a season does not fake. */
export const BRIEF_MONTHS = 3;

/**
 * What a brief tells of: the category in its region and in every other that the team has anything of, through the same
 * window, and the last closed months in its own. `months` are newest first; `month` looks through the newest of them.
 */
export function briefTargets(
  category: string,
  place: { region: Region; window: string },
  regions: readonly Region[],
  months: readonly string[],
): RefreshTarget[] {
  const last = months.slice(0, BRIEF_MONTHS);
  const window = place.window === "month" ? (last[0] ?? "") : place.window;
  const all = [place.region, ...regions.filter((region) => region !== place.region)];
  const wanted = [
    ...all.map((region) => ({ region, window })),
    ...last.filter((month) => month !== window).map((month) => ({ region: place.region, window: month })),
  ];
  return wanted.map((one) => ({ ...one, category, watchlistId: null }));
}

/** The requests for what is due: each figure's own. What an answer holds, or is known not to hold, is not asked again. */
export const briefQuestions = (items: readonly PlanItem[]): Question[] =>
  items.filter(({ state }) => state === "due").map(ownQuestion);
