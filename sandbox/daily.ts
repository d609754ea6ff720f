import type { Span } from "./calendar";
import { ALL_REGIONS, MARKETS, type Market } from "./markets";
import { gauss, hash, hashText, unit, wave } from "./noise";
import { remember } from "./remember";
import { dayFactor, SEASONS, seasonFactors } from "./seasons";
import { CATEGORIES } from "./taxonomy";

/** Each use of randomness has a number of its own, so that none repeats another. */
const SALT = {
  popularity: 1,
  affinity: 2,
  taste: 3,
  trend: 4,
  fad: 5,
  spell: 6,
  drift: 7,
  noise: 8,
  chance: 9,
} as const;

/** The largest category of the United States has about this many posts in seven days, the 500th about ten. */
const TOP_POSTS_7D = 60_000;
const RANK_OFFSET = 7;
const RANK_EXPONENT = 2.03;
/** Kept days per market: two months and the ones before them; the oldest asked for go first. */
const KEPT_DAYS = 200;

interface Trend {
  strength: Float64Array;
  cycleDays: Float64Array;
  phase: Float64Array;
}

/** The posts of every category, day by day. Values do not depend on what was asked before. */
export interface DailyPosts {
  /** Posts of one day by category number. Do not write to it. @throws RangeError for an unknown region. */
  ofDay(region: string, day: number): Uint32Array;
  /** Sum over a span by category number. */
  ofSpan(region: string, span: Span): Float64Array;
}

/** The invented daily process behind the ranking: level × trend × season × weekday × slow drift × noise, per region. */
export function createDailyPosts(seed: string): DailyPosts {
  const root = hashText(seed);
  const count = CATEGORIES.length;
  const keys = CATEGORIES.map((category) => hash(root, Number(category.third.id)));
  const seasonOf = CATEGORIES.map((category) => Math.max(0, SEASONS.indexOf(category.season)));
  const levels = levelsByRank(keys);
  const slowTrend = makeTrend(keys, 0, { least: 0.08, most: 0.4 }, { least: 90, most: 280 });
  const fastTrend = makeTrend(keys, 1, { least: 0.03, most: 0.14 }, { least: 18, most: 50 });
  const isFad = keys.map((key) => unit(hash(key, SALT.fad)) < 0.08);
  // Small categories come and go: some everywhere at once, some in one region only.
  const spell = keys.map((key, c) => {
    const chance = unit(hash(key, SALT.spell));
    if ((levels[c] ?? 0) * 7 > 80) return "always";
    return chance < 0.28 ? "everywhere" : chance < 0.42 ? "regional" : "always";
  });

  const markets = new Map(MARKETS.map((market) => [market.region, makeMarket(market)]));
  const worldDays = new Map<number, Float64Array>();
  const sums = new Map<number, Uint32Array>();

  /** What moves a category in all regions alike: its trend, its fads, its spells. */
  function worldOfDay(day: number): Float64Array {
    return remember(
      worldDays,
      day,
      () => {
        const factors = new Float64Array(count);
        for (let c = 0; c < count; c++) {
          const key = keys[c] ?? 0;
          if (spell[c] === "everywhere" && wave(hash(key, SALT.spell, 1), day / 24) < 0.52) continue;
          let level = trendAt(slowTrend, c, day) + trendAt(fastTrend, c, day);
          if (isFad[c]) level += 5 * Math.max(0, wave(hash(key, SALT.fad, 1), day / 20) - 0.65);
          factors[c] = Math.exp(level);
        }
        return factors;
      },
      KEPT_DAYS,
    );
  }

  function makeMarket(market: Market) {
    const place = hash(root, hashText(market.region));
    const keysHere = Int32Array.from(keys, (key) => hash(key, place));
    const base = Float64Array.from(CATEGORIES, (category, c) => {
      const taste = 0.3 * gauss(hash(place, SALT.taste, Number(category.first.id)));
      const affinity = 0.35 * gauss(hash(keysHere[c] ?? 0, SALT.affinity));
      const muslim = category.first.value === "Muslim Fashion" ? (market.muslim ? 2.6 : 0.2) : 1;
      return (levels[c] ?? 0) * market.size * muslim * Math.exp(taste + affinity);
    });
    const drifts = new Map<number, Float64Array>();
    const driftPoint = (block: number) => remember(drifts, block, () => driftAt(keysHere, block), KEPT_DAYS);
    return { market, keysHere, base, driftPoint, days: new Map<number, Uint32Array>() };
  }

  function computeDay(region: string, day: number): Uint32Array {
    const found = markets.get(region);
    if (!found) throw new RangeError(`no such region: ${region}`);
    const { market, keysHere, base, driftPoint, days } = found;
    return remember(
      days,
      day,
      () => {
        const world = worldOfDay(day);
        const seasons = seasonFactors(day, market);
        const whole = dayFactor(day, market);
        const block = Math.floor(day / 16);
        const part = day / 16 - block;
        const [left, right] = [driftPoint(block), driftPoint(block + 1)];
        const posts = new Uint32Array(count);
        for (let c = 0; c < count; c++) {
          const usual = (base[c] ?? 0) * (world[c] ?? 0) * (seasons[seasonOf[c] ?? 0] ?? 1) * whole;
          if (usual === 0) continue;
          const key = keysHere[c] ?? 0;
          if (spell[c] === "regional" && wave(hash(key, SALT.spell, 2), day / 24) < 0.45) continue;
          const deviation = Math.sqrt(0.008 + 0.25 / (usual + 1));
          const drift = (left[c] ?? 0) * (1 - part) + (right[c] ?? 0) * part;
          const value = usual * Math.exp(drift + deviation * gauss(hash(key, SALT.noise, day)));
          posts[c] = Math.floor(value + unit(hash(key, SALT.chance, day)));
        }
        return posts;
      },
      KEPT_DAYS,
    );
  }

  function ofDay(region: string, day: number): Uint32Array {
    if (region !== ALL_REGIONS) return computeDay(region, day);
    return remember(
      sums,
      day,
      () => {
        const total = new Uint32Array(count);
        for (const { region: one } of MARKETS) {
          const posts = computeDay(one, day);
          for (let c = 0; c < count; c++) total[c] = (total[c] ?? 0) + (posts[c] ?? 0);
        }
        return total;
      },
      KEPT_DAYS,
    );
  }

  function ofSpan(region: string, span: Span): Float64Array {
    const total = new Float64Array(count);
    for (let day = span.from; day <= span.to; day++) {
      const posts = ofDay(region, day);
      for (let c = 0; c < count; c++) total[c] = (total[c] ?? 0) + (posts[c] ?? 0);
    }
    return total;
  }

  return { ofDay, ofSpan };
}

function driftAt(keys: Int32Array, block: number): Float64Array {
  return Float64Array.from(keys, (key) => 0.22 * gauss(hash(key, SALT.drift, block)));
}

/** Usual posts a day in the United States, by category number: a power law over a random order. */
function levelsByRank(keys: readonly number[]): Float64Array {
  const placeIn = new Map<string, number>();
  const nextPlace = (id: string): number => {
    const place = placeIn.get(id) ?? 0;
    placeIn.set(id, place + 1);
    return place;
  };
  const weights = CATEGORIES.map((category, c) => {
    // The tree names the larger ones first, on both levels.
    const place = nextPlace(category.second.id);
    const group = place === 0 ? nextPlace(category.first.id) : (placeIn.get(category.first.id) ?? 1) - 1;
    const usual = category.weight * Math.exp(-0.2 * place - 0.2 * group);
    // The vendor's sample shows Perfume among the large ones; so it is here, for every seed.
    if (category.third.id === "601583") return 1.6 * usual;
    return usual * Math.exp(0.65 * gauss(hash(keys[c] ?? 0, SALT.popularity)));
  });
  const order = weights.map((_, c) => c).sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  const levels = new Float64Array(keys.length);
  order.forEach((c, rank) => {
    levels[c] = (TOP_POSTS_7D / 7) * (RANK_OFFSET / (rank + RANK_OFFSET)) ** RANK_EXPONENT;
  });
  return levels;
}

interface Range {
  least: number;
  most: number;
}

function makeTrend(keys: readonly number[], which: number, strength: Range, cycleDays: Range): Trend {
  const draw = (range: Range, use: number) =>
    Float64Array.from(
      keys,
      (key) => range.least + (range.most - range.least) * unit(hash(key, SALT.trend, which, use)),
    );
  return { strength: draw(strength, 0), cycleDays: draw(cycleDays, 1), phase: draw({ least: 0, most: 1 }, 2) };
}

function trendAt(trend: Trend, c: number, day: number): number {
  const turns = day / (trend.cycleDays[c] ?? 1) + (trend.phase[c] ?? 0);
  return (trend.strength[c] ?? 0) * Math.sin(2 * Math.PI * turns);
}
