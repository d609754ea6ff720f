import { PRICE_CREDITS, type Region } from "@/lib/insights/schemas";
import type { SeenRank } from "@/lib/tracking/likely-pages";
import { type PlanItem, planRefresh } from "@/lib/tracking/plan-refresh";
import { windowOf } from "@/sandbox/calendar";
import { createGenerator } from "@/sandbox/generator";
import type { BenchContext, Ratio } from "./runner/bench";
import { inTurn } from "./runner/measure";

export const name = "refresh";

const DAYS = 365;
const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 0, 5, 12);
const PAGE = 20;
/** Sights that the store hands to the planner. */
const SIGHTS = 4;
const MARKETS: [Region, string][] = [
  ["US", "7"],
  ["CZ", "7"],
  ["US", "30"],
];
const SIZES = [5, 20, 40, 100, 300];
const EVERY_DAYS = [1, 7];
/** As many items as a list may hold, against a tenth of them. */
const [MOST, FEW] = [1_000, 100];

/**
 * What lists cost over a year of the sandbox's drift when each renewal is run to its end, items that moved included,
 * against an oracle that knows every rank of the day: one request for each page that holds an item, and one for each
 * item that no page holds. Sizes, cadences and markets count alike, whatever they cost.
 */
export async function run({ say }: BenchContext): Promise<{ ratios: Ratio[] }> {
  const generator = createGenerator("nichebook");
  const ratios: number[] = [];
  for (const [region, window] of MARKETS) {
    const days = Array.from({ length: DAYS }, (_, day) => {
      const span = windowOf(window, FIRST + day * DAY_MS);
      if (span === null || span === "invalid") throw new Error("The sandbox has no such window");
      return generator.ranking(region, span).map(({ category }) => category.third.id);
    });
    for (const every of EVERY_DAYS) {
      const all = SIZES.map((size) => ({ size, ...renew({ region, window, days, every, size }) }));
      ratios.push(...all.map(({ ours, oracle }) => ours / oracle));
      const each = all.map(({ size, ours, oracle, oneByOne }) => {
        return `${size}: ${(ours / oracle).toFixed(2)}× (${((100 * ours) / oneByOne).toFixed(0)} % of one by one)`;
      });
      say(`${region}, ${window} days, renewed every ${every} d · ${each.join(" · ")}`);
    }
  }
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  say(`the dearest of ${ratios.length}: ${Math.max(...ratios).toFixed(2)}×`);
  return {
    ratios: [
      {
        name: "credits of a year's renewals / an oracle that knows the ranks",
        ratio: mean,
        target: 1.25,
        better: "lower",
      },
      await planning(say),
    ],
  };
}

/** How the time of a plan grows with its items. */
async function planning(say: BenchContext["say"]): Promise<Ratio> {
  const timeOf = (count: number) => async () => {
    const markets = (["US", "GB"] as const).map((region) => ({ region, window: "7", total: 500 }));
    const items = Array.from({ length: count }, (_, nth): PlanItem => {
      const rank = ((nth * 7) % 500) + 1;
      const ranks = [0, 7, 14, 21].map((ageDays) => ({ rank: Math.min(500, rank + (ageDays % 5)), ageDays }));
      return { region: nth % 2 ? "GB" : "US", window: "7", category: `${nth}`, ranks, state: "due" };
    });
    const start = performance.now();
    planRefresh(
      items,
      markets.map((market) => ({ ...market, known: new Set(), failed: new Set() })),
      [],
      count,
    );
    return performance.now() - start;
  };
  const { ours, bare, ratio } = await inTurn(7, timeOf(MOST), timeOf(FEW));
  say(`a plan of ${MOST} items takes ${ours.toFixed(1)} ms, of ${FEW} ${bare.toFixed(1)} ms`);
  return { name: `planning ${MOST} items / ${FEW} items`, ratio, target: 20, better: "lower" };
}

type Year = { region: Region; window: string; days: string[][]; every: number; size: number };

/** One list over the year, in credits. Its categories are spread over the first day's ranking. */
function renew({ region, window, days, every, size }: Year): { ours: number; oracle: number; oneByOne: number } {
  const first = days[0] as string[];
  const watched = Array.from(
    { length: size },
    (_, nth) => first[Math.floor(((nth + 0.5) * first.length) / size)] as string,
  );
  const seen = new Map<string, { rank: number; day: number }[]>();
  const note = (page: number, day: number) =>
    pageOf(days[day] as string[], page).forEach((id, nth) => {
      const rank = (page - 1) * PAGE + nth + 1;
      seen.set(id, [{ rank, day }, ...(seen.get(id) ?? [])].slice(0, SIGHTS));
    });
  for (let page = 1; page <= Math.ceil(first.length / PAGE); page++) note(page, 0);
  let total = first.length;
  const requests = { ours: 0, oracle: 0, oneByOne: 0 };
  for (let day = every; day < days.length; day += every) {
    const ranking = days[day] as string[];
    const places = watched.map((id) => ranking.indexOf(id));
    requests.oracle += new Set(places.map((place, nth) => (place < 0 ? `own ${nth}` : Math.floor(place / PAGE)))).size;
    requests.oneByOne += size;
    const due = new Set(watched);
    const known = new Set<number>();
    while (due.size > 0) {
      const items = [...due].map((category): PlanItem => {
        const ranks = (seen.get(category) ?? []).map(({ rank, day: at }): SeenRank => ({ rank, ageDays: day - at }));
        return { region, window, category, ranks, state: "due" };
      });
      const plan = planRefresh(items, [{ region, window, total, known, failed: new Set() }], [], due.size);
      const [request] = plan.requests;
      if (!request) throw new Error("A plan for items that are due asks nothing");
      requests.ours++;
      const { category, page } = request.question;
      if (category) {
        due.delete(category);
        continue;
      }
      known.add(page);
      note(page, day);
      total = ranking.length;
      for (const id of pageOf(ranking, page)) due.delete(id);
    }
  }
  return {
    ours: requests.ours * PRICE_CREDITS,
    oracle: requests.oracle * PRICE_CREDITS,
    oneByOne: requests.oneByOne * PRICE_CREDITS,
  };
}

const pageOf = (ranking: string[], page: number) => ranking.slice((page - 1) * PAGE, page * PAGE);
