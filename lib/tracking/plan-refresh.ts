import "server-only";
import type { Question } from "@/lib/insights/schemas";
import { likelyPages, type RankingState, type SeenRank, usualMove } from "./likely-pages";

export type PlanItem = {
  region: Question["region"];
  window: string;
  category: string;
  /** Newest first; the more there are, the better is known how far it moves. */
  ranks: readonly SeenRank[];
  /**
   * `fresh`: an answer that is young enough holds it. `absent`: its own answer is young enough and does not hold it.
   * `failed`: its own request failed in this run, and is not repeated.
   */
  state: "due" | "fresh" | "absent" | "failed";
};

/** What is known of the ranking of a region and window. */
export type PlanRanking = RankingState & { region: Question["region"]; window: string };

/** A page that saved searches need whatever becomes of the items. */
export type PlanWanted = { question: Question; searches: readonly string[] };

export type PlanRequest = {
  question: Question;
  /** Which of the items it is expected to renew, by their index. */
  items: number[];
  searches: readonly string[];
  /** Only asked where the pages before it turn out not to hold the item. */
  ifMissing: boolean;
};

export type RefreshPlan = {
  /** In the order in which they are asked; the first one is what to ask now. */
  requests: PlanRequest[];
  /** Due items that no request is for, by their index: the budget does not reach, or theirs failed. */
  left: number[];
  /** Pages of searches that the budget does not reach. */
  leftWanted: PlanWanted[];
  /** Requests that asking for each due item and each wanted page by itself would take. */
  oneByOne: number;
};

/** A page is bought for this many expected items: a little below one, for it also renews their ranks. */
const WORTH_A_PAGE = 0.87;
/** An item that the bought pages hold with less than this is asked for by itself. */
const LIKELY = 0.5;

type Candidate = PlanRequest & { worth: number };

/**
 * The cheapest requests that renew what is due: pages of rankings that are likely to hold enough of it, each item's own
 * request for the rest, and as many more as are to be expected for items that have moved. Never more of them than one
 * for each due item and wanted page, and never more than `budget`. Planning again with what came back is the next step:
 * a missing item is then likely on a neighbouring page, or cheaper by itself.
 */
export function planRefresh(
  items: readonly PlanItem[],
  rankings: readonly PlanRanking[],
  wanted: readonly PlanWanted[],
  budget: number,
): RefreshPlan {
  const candidates: Candidate[] = wanted.map((page) => ({ ...page, items: [], ifMissing: false, worth: 1 }));
  const byQuestion = new Map(candidates.map((candidate) => [keyOf(candidate.question), candidate]));
  const put = (question: Question, worth: number, renewed: number[]) => {
    const same = byQuestion.get(keyOf(question));
    if (same) {
      same.worth += worth;
      same.items.push(...renewed);
      return;
    }
    candidates.push({ question, items: renewed, searches: [], ifMissing: false, worth });
  };

  const dueKeys = items.flatMap((item) => (item.state === "due" ? [keyOf(ownQuestion(item))] : []));
  const due = new Map(rankings.map((ranking) => [groupOf(ranking), [] as number[]]));
  items.forEach((item, index) => {
    if (item.state !== "due") return;
    // A search asks just this anyway.
    if (byQuestion.has(keyOf(ownQuestion(item)))) put(ownQuestion(item), 1, [index]);
    else due.get(groupOf(item))?.push(index);
  });

  const moved: { index: number; held: number }[] = [];
  let bought = 0;
  for (const ranking of rankings) {
    const group = due.get(groupOf(ranking)) ?? [];
    const forced = new Set(
      wanted.filter(({ question }) => isPageOf(question, ranking)).map(({ question }) => question.page),
    );
    const split = splitGroup(group, items, ranking, forced);
    for (const { page, worth, renewed } of split.pages) {
      if (!forced.has(page)) bought++;
      put({ region: ranking.region, window: ranking.window, category: undefined, q: undefined, page }, worth, renewed);
    }
    for (const index of split.own) put(ownQuestion(items[index] as PlanItem), 0, [index]);
    moved.push(...split.covered);
  }

  // Pages first, those that renew most before the others: what they bring decides what else is needed.
  const requests: PlanRequest[] = candidates
    .sort((a, b) => b.worth - a.worth)
    .map(({ worth: _, ...request }) => request);
  const reserve = Math.min(expectedMisses(moved), moved.length - bought);
  const leastCertain = moved.toSorted((a, b) => a.held - b.held).slice(0, Math.max(0, reserve));
  for (const { index } of leastCertain) {
    requests.push({ question: ownQuestion(items[index] as PlanItem), items: [index], searches: [], ifMissing: true });
  }

  const reached = requests.slice(0, Math.max(0, budget));
  const planned = new Set(reached.flatMap((request) => request.items));
  return {
    requests: reached,
    left: items.flatMap(({ state }, index) =>
      state === "failed" || (state === "due" && !planned.has(index)) ? [index] : [],
    ),
    leftWanted: requests.slice(reached.length).filter(({ searches }) => searches.length > 0),
    oneByOne: new Set([...wanted.map(({ question }) => keyOf(question)), ...dueKeys]).size,
  };
}

/** Which pages of one ranking are worth their price, and what is asked for by itself. `held`: how surely they hold it. */
function splitGroup(
  group: readonly number[],
  items: readonly PlanItem[],
  ranking: PlanRanking,
  forced: ReadonlySet<number>,
) {
  const move = usualMove(group.map((index) => (items[index] as PlanItem).ranks));
  const found = group.flatMap((index) => {
    const likely = likelyPages((items[index] as PlanItem).ranks, ranking, move);
    return likely ? [{ index, likely }] : [];
  });
  const count = Math.max(0, ...found.map(({ likely }) => likely.length), ...forced);
  const worth = Array.from({ length: count }, (_, nth) =>
    found.reduce((sum, { likely }) => sum + (likely[nth] ?? 0), 0),
  );
  let chosen = worth.flatMap((value, nth) => (value >= WORTH_A_PAGE || forced.has(nth + 1) ? [nth] : []));
  for (;;) {
    const homes = homesOn(chosen, found);
    // A page that nobody is at home on only has the leavings of others: their own requests are no dearer.
    const kept = chosen.filter((nth) => forced.has(nth + 1) || homes.some(({ home }) => home === nth));
    if (kept.length === chosen.length) {
      const isAt = (nth: number) => homes.filter(({ home }) => home === nth).map(({ index }) => index);
      return {
        pages: chosen.map((nth) => ({ page: nth + 1, worth: worth[nth] ?? 0, renewed: isAt(nth) })),
        own: isAt(-1),
        covered: homes.filter(({ home }) => home !== -1),
      };
    }
    chosen = kept;
  }
}

/**
 * Where each item is most likely to be found among the chosen pages, or -1 where it is asked for by itself. Items that
 * may be anywhere spread over the pages.
 */
function homesOn(chosen: readonly number[], found: readonly { index: number; likely: number[] }[]) {
  const taken = new Map<number, number>();
  return found.map(({ index, likely }) => {
    const at = (nth: number) => likely[nth] ?? 0;
    const held = chosen.reduce((sum, nth) => sum + at(nth), 0);
    if (held < LIKELY) return { index, held, home: -1 };
    const best = chosen.reduce((top, nth) => Math.max(top, at(nth)), 0);
    const home = chosen
      .filter((nth) => at(nth) === best)
      .reduce((least, nth) => ((taken.get(nth) ?? 0) < (taken.get(least) ?? 0) ? nth : least));
    taken.set(home, (taken.get(home) ?? 0) + 1);
    return { index, held, home };
  });
}

/** How many of the items are not where they are looked for: what is to be expected, and once its usual deviation. */
function expectedMisses(covered: readonly { held: number }[]): number {
  const mean = covered.reduce((sum, { held }) => sum + 1 - held, 0);
  const variance = covered.reduce((sum, { held }) => sum + held * (1 - held), 0);
  return Math.round(mean + Math.sqrt(variance));
}

const groupOf = ({ region, window }: { region: string; window: string }) => `${region} ${window}`;
const keyOf = ({ region, window, category, q, page }: Question) =>
  JSON.stringify([region, window, category ?? "", q ?? "", page]);
const isPageOf = ({ region, window, category, q }: Question, ranking: PlanRanking) =>
  !category && !q && region === ranking.region && window === ranking.window;

/** What asks for one category by itself. */
export const ownQuestion = ({
  region,
  window,
  category,
}: Pick<PlanItem, "region" | "window" | "category">): Question => ({
  region,
  window,
  category,
  q: undefined,
  page: 1,
});
