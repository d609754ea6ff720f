import type { Window } from "./calendar";
import { createDailyPosts } from "./daily";
import { ALL_REGIONS, MARKETS } from "./markets";
import { type Metrics, measure, toThreeFigures, toTwoDecimals } from "./metrics";
import { remember } from "./remember";
import { CATEGORIES, type Category, type CategoryNode } from "./taxonomy";

/** A row as the source answers it. */
export interface Row extends Metrics {
  cover_url: null;
  ecom_type: "l3";
  first_ecom_category: CategoryNode;
  /** Three significant figures. */
  post: number;
  /** Signed per cent against the previous equal window; null when the category had nothing in that one. */
  post_change: number | null;
  second_ecom_category: CategoryNode;
  third_ecom_category: CategoryNode;
  url_title: string;
}

/** One place of a ranking: what its order depends on. The rest of the row is worked out when it is asked for. */
export interface Ranked {
  category: Category;
  post: number;
  row(): Row;
}

export interface Generator {
  /** The ranking of a region and window, by `post` descending, ties by id. @throws RangeError for an unknown region. */
  ranking(region: string, window: Window): readonly Ranked[];
}

/** A ranking holds no more than this; small regions hold fewer. */
export const MAX_RANKING = 500;
const KEPT_RANKINGS = 100;

/** Whether a region can be asked for. */
export function isRegion(region: string): boolean {
  return region === ALL_REGIONS || MARKETS.some((market) => market.region === region);
}

/** Invents the whole source from a seed: equal seeds give equal answers, whatever was asked before. */
export function createGenerator(seed: string): Generator {
  const daily = createDailyPosts(seed);
  const kept = new Map<string, readonly Ranked[]>();

  function makeRanking(region: string, { current, previous }: Window): Ranked[] {
    const now = daily.ofSpan(region, current);
    const before = daily.ofSpan(region, previous);
    return CATEGORIES.map((category, c): Ranked => {
      const [posts, postsBefore] = [now[c] ?? 0, before[c] ?? 0];
      const post = toThreeFigures(posts);
      const change = postsBefore === 0 ? null : toTwoDecimals((posts / postsBefore - 1) * 100);
      const row = () => toRow(category, post, change, measure(daily, seed, region, current, c));
      return { category, post, row };
    })
      .filter((ranked) => ranked.post > 0)
      .sort((a, b) => b.post - a.post || Number(a.category.third.id) - Number(b.category.third.id))
      .slice(0, MAX_RANKING);
  }

  return {
    ranking(region, window) {
      const { current, previous } = window;
      const name = [region, current.from, current.to, previous.from, previous.to].join();
      return remember(kept, name, () => makeRanking(region, window), KEPT_RANKINGS);
    },
  };
}

/** In the order of the vendor's sample. */
function toRow(category: Category, post: number, postChange: number | null, metrics: Metrics): Row {
  return {
    comment: metrics.comment,
    cost: metrics.cost,
    cover_url: null,
    cpa: metrics.cpa,
    ctr: metrics.ctr,
    cvr: metrics.cvr,
    ecom_type: "l3",
    first_ecom_category: { ...category.first },
    impression: metrics.impression,
    like: metrics.like,
    play_six_rate: metrics.play_six_rate,
    post,
    post_change: postChange,
    second_ecom_category: { ...category.second },
    share: metrics.share,
    third_ecom_category: { ...category.third },
    url_title: category.urlTitle,
  };
}
