import "server-only";
import type { Ranking } from "@/lib/insights/assemble-ranking";
import { METRICS, type Metric, PAGE_SIZE, type RankingRow } from "@/lib/insights/schemas";
import { tidy } from "@/lib/insights/tidy";
import { isStep } from "@/lib/insights/within-rounding";

export type RankingSide = {
  /** Of both sides the same, or they are not compared. */
  question: { region: string; window: string; category: string | null; q: string | null };
  ranking: Ranking;
};

export type FigureChange = {
  before: number | null;
  after: number | null;
  /** Null when either is missing. */
  difference: number | null;
  /** A move by one step of the last figure that the provider gives: it may be none. */
  withinRounding: boolean;
};

export type RowChange = {
  categoryId: string;
  kind: "new" | "gone" | "up" | "down" | "same";
  before: RankingRow | null;
  after: RankingRow | null;
  /** Places up; negative is down, null for what is new or gone. */
  moved: number | null;
  figures: Record<Metric, FigureChange>;
};

export type Comparison = {
  changes: RowChange[];
  /** Rows that both rankings were bought down to without a gap; new and gone mean: within these. */
  rows: number;
  /** Both are whole: what is gone left the ranking, and not only its first rows. */
  whole: boolean;
  /** Categories that only one side has, further down than both were bought: nothing is said of them. */
  notComparable: number;
  /** Days that the two windows share, of how many; null when they share none, or nobody can tell. */
  overlap: { days: number; of: number } | null;
  /** Of a calendar month: both sides are the same month, fetched twice. */
  sameMonth: boolean;
  /** Figures that a change of the provider's answers keeps from being compared: they have no difference. */
  held: readonly Metric[];
  /** All rows are equal to those before: the source was not updated in between. */
  notUpdated: boolean;
};

const DAY_MS = 24 * 3_600_000;

/** When a ranking's pages were fetched; null when it has none. */
function fetchedSpan({ pages }: Pick<Ranking, "pages">): { from: string; to: string } | null {
  const times = pages.map(({ fetchedAt }) => fetchedAt).sort();
  const [from, to] = [times[0], times.at(-1)];
  return from && to ? { from, to } : null;
}

/**
 * What changed between two rankings of one question. New and gone are only said of rows down to which both were
 * bought without a gap: what fell below may stand on a page that nobody bought.
 * @returns null when the two are of different questions, or when there is nothing to compare
 */
export function compareRankings(
  before: RankingSide,
  after: RankingSide,
  held: readonly Metric[] = [],
): Comparison | null {
  const [was, is] = [before.ranking, after.ranking];
  const [then, now] = [fetchedSpan(was), fetchedSpan(is)];
  if (!then || !now || !sameQuestion(before.question, after.question)) return null;
  const reach = Math.min(was.reach, is.reach);
  const [old, fresh] = [firstOfEach(was.rows), firstOfEach(is.rows)];
  const changes: RowChange[] = [];
  let notComparable = 0;
  for (const categoryId of new Set([...fresh.keys(), ...old.keys()])) {
    const pair = { before: old.get(categoryId) ?? null, after: fresh.get(categoryId) ?? null };
    const kind = kindOf(pair, reach);
    if (!kind) notComparable++;
    else changes.push({ categoryId, kind, ...pair, moved: movedOf(pair), figures: figuresOf(pair, held) });
  }
  const month = after.question.window.includes("-");
  return {
    changes: changes.sort((a, b) => place(a) - place(b)),
    rows: reach * PAGE_SIZE,
    whole: was.whole && is.whole,
    notComparable,
    overlap: month ? null : overlapOf(Number(after.question.window), then.to, now.from),
    sameMonth: month,
    held,
    notUpdated: notComparable === 0 && changes.length > 0 && changes.every(isUnchanged),
  };
}

const sameQuestion = (a: RankingSide["question"], b: RankingSide["question"]) =>
  a.region === b.region && a.window === b.window && a.category === b.category && a.q === b.q;

/** A category that stands on two pages counts where it stands first. */
function firstOfEach(rows: readonly RankingRow[]): Map<string, RankingRow> {
  const found = new Map<string, RankingRow>();
  for (const row of rows) if (row.categoryId && !found.has(row.categoryId)) found.set(row.categoryId, row);
  return found;
}

type Pair = Pick<RowChange, "before" | "after">;

function kindOf({ before, after }: Pair, reach: number): RowChange["kind"] | null {
  const within = (row: RankingRow) => row.position <= reach * PAGE_SIZE;
  if (before && after) {
    if (before.position === after.position) return "same";
    return after.position < before.position ? "up" : "down";
  }
  if (after) return within(after) ? "new" : null;
  return before && within(before) ? "gone" : null;
}

const movedOf = ({ before, after }: Pair) => (before && after ? before.position - after.position : null);

const place = ({ before, after }: RowChange) => after?.position ?? before?.position ?? 0;

function figuresOf({ before, after }: Pair, held: readonly Metric[]): RowChange["figures"] {
  const entries = METRICS.map((metric): [Metric, FigureChange] => {
    const [was, is] = [before?.[metric] ?? null, after?.[metric] ?? null];
    const difference = was === null || is === null || held.includes(metric) ? null : tidy(is - was);
    return [metric, { before: was, after: is, difference, withinRounding: difference !== null && isStep(was, is) }];
  });
  return Object.fromEntries(entries) as RowChange["figures"];
}

const isUnchanged = ({ kind, figures }: RowChange) =>
  kind === "same" && METRICS.every((metric) => figures[metric].before === figures[metric].after);

function overlapOf(windowDays: number, earlierTo: string, laterFrom: string): Comparison["overlap"] {
  const apart = Math.floor((Date.parse(laterFrom) - Date.parse(earlierTo)) / DAY_MS);
  const days = Math.min(windowDays, Math.max(0, windowDays - Math.max(0, apart)));
  return days > 0 ? { days, of: windowDays } : null;
}
