import type { Span } from "./calendar";
import type { DailyPosts } from "./daily";
import { MARKETS } from "./markets";
import { gauss, hash, hashText, unit, wave } from "./noise";
import { CATEGORIES } from "./taxonomy";

/** What a row says besides its place. Rates are per cent; `impression` and `cost` have three significant figures. */
export interface Metrics {
  comment: number;
  cost: number;
  cpa: number;
  ctr: number;
  cvr: number;
  impression: number;
  like: number;
  play_six_rate: number;
  share: number;
}

/** The sources of randomness, one number for each use. */
const SALT = {
  impressions: 21,
  ctr: 22,
  cvr: 23,
  cpa: 24,
  six: 25,
  price: 26,
  like: 27,
  comment: 28,
  share: 29,
} as const;
/** Of all regions together, relative to the United States. */
const WORLD_PRICE = 0.6;

/** Rounds to three significant figures, as the source does with large counts. */
export function toThreeFigures(value: number): number {
  return Number(value.toPrecision(3));
}

/** Rounds to two decimals, as the source does with rates. */
export function toTwoDecimals(value: number): number {
  return Math.round(value * 100) / 100;
}

function between(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** The metrics of category number `c` over a span in which it has posts: counts are sums, rates are weighted means. */
export function measure(daily: DailyPosts, seed: string, region: string, span: Span, c: number): Metrics {
  const everywhere = hash(hashText(seed), Number(CATEGORIES[c]?.third.id), 1);
  const here = hash(everywhere, hashText(region));
  /** A level of this category: spread over categories and, less, over regions. */
  const level = (salt: number, middle: number, spread: number) =>
    middle * Math.exp(spread * gauss(hash(everywhere, salt)) + 0.3 * spread * gauss(hash(here, salt)));
  /** What a day adds to a level: a slow drift of weeks and a little noise. */
  const onDay = (salt: number, day: number) =>
    Math.exp(0.24 * (wave(hash(here, salt, 1), day / 28) - 0.5) + 0.06 * gauss(hash(here, salt, 2, day)));

  const price = MARKETS.find((market) => market.region === region)?.price ?? WORLD_PRICE;
  const perPost = level(SALT.impressions, 1500, 0.3);
  const perThousand = level(SALT.price, 2.4, 0.35) * price;
  const ctr = between(level(SALT.ctr, 1.4, 0.35), 0.6, 2.6);
  const cvr = between(level(SALT.cvr, 3.6, 0.4), 1.2, 7);
  const cpa = between(level(SALT.cpa, 5, 0.45) * (0.5 + 0.5 * price), 1.2, 13);
  const six = between(level(SALT.six, 8.8, 0.2), 5.8, 12);
  const shares = [
    { salt: SALT.like, of: level(SALT.like, 0.0024, 0.5), sum: 0 },
    { salt: SALT.comment, of: level(SALT.comment, 0.00005, 0.5), sum: 0 },
    { salt: SALT.share, of: level(SALT.share, 0.000045, 0.5), sum: 0 },
  ];

  let [views, clicks, orders, spend, paid, watched] = [0, 0, 0, 0, 0, 0];
  for (let day = span.from; day <= span.to; day++) {
    const posts = daily.ofDay(region, day)[c] ?? 0;
    if (posts === 0) continue;
    const seen = Math.round(posts * perPost * onDay(SALT.impressions, day));
    const clicked = (seen * ctr * onDay(SALT.ctr, day)) / 100;
    const ordered = (clicked * cvr * onDay(SALT.cvr, day)) / 100;
    views += seen;
    clicks += clicked;
    orders += ordered;
    spend += (seen / 1000) * perThousand * onDay(SALT.price, day);
    // The source's cost per acquisition does not follow from its own spend; neither does this one.
    paid += ordered * cpa * onDay(SALT.cpa, day);
    watched += (seen * six * onDay(SALT.six, day)) / 100;
    for (const count of shares) {
      count.sum += Math.floor(seen * count.of * onDay(count.salt, day) + unit(hash(here, count.salt, 3, day)));
    }
  }
  const [like = 0, comment = 0, share = 0] = shares.map((count) => count.sum);
  // Too few conversions to speak of: the source answers 0, which means "no data".
  const known = orders >= 0.5;
  return {
    comment,
    cost: toThreeFigures(Math.round(spend)),
    cpa: known ? toTwoDecimals(between(paid / orders, 1, 15)) : 0,
    ctr: toTwoDecimals(between((clicks / views) * 100, 0.5, 3)),
    cvr: known ? toTwoDecimals(between((orders / clicks) * 100, 1, 8)) : 0,
    impression: toThreeFigures(views),
    like,
    play_six_rate: toTwoDecimals(between((watched / views) * 100, 5, 14)),
    share,
  };
}
