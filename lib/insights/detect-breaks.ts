import "server-only";
import { METRIC_DICTIONARY } from "./metric-dictionary";
import { median } from "./robust-spread";
import { METRICS, type Metric } from "./schemas";

/** One answer to a question, as far as its shape goes. `name` is the provider's. */
export type ShapedAnswer = {
  at: number;
  total: number | null;
  rows: readonly { categoryId: string | null; name: string | null; figures: readonly (number | null)[] }[];
};

export const BREAK_KINDS = ["vanished", "unit", "collapsed", "empty", "renamed"] as const;
export type BreakKind = (typeof BREAK_KINDS)[number];

/** What changed: of one figure, or of the whole answer (`metric` null). */
export type FoundBreak = {
  kind: BreakKind;
  metric: Metric | null;
  /** How many times as large all of a figure became. */
  factor: number | null;
  /** A share of rows in per cent, a number of rows, or the middle of a figure, before and after. */
  was: number;
  is: number;
};

const DAY_MS = 86_400_000;
/** Fewer rows say nothing about all rows. */
const LEAST_ROWS = 5;
const MOSTLY_PRESENT = 0.8;
const HARDLY_PRESENT = 0.2;
/** Markets grow and shrink by less than this within days, and not all categories alike. */
const LEAST_FACTOR = 5;
/** A row moved with the others when it lies within this factor of the middle. */
const ALIKE_FACTOR = 2;
const LEAST_ALIKE = 0.75;
/** A ranking shorter than this may well lose most of its rows. */
const LEAST_TOTAL = 40;
/** A page changes much from day to day: so many names that came back under other ids are enough, where hardly an id stayed. */
const LEAST_RENAMED = 4;
const COLLAPSED_SHARE = 1 / 3;
/** So many answers in a row that held rows before an empty one is odd. */
const LONG_FULL = 3;
/** After so many days, a first page may hold nothing of what it held. */
const SAME_PAGE_DAYS = 8;

/**
 * How the newest answer to a question differs in shape from the earlier ones, in ways that no market does: a figure
 * missing that every row had, all values of a figure larger or smaller by one factor, most of the ranking gone, nothing
 * where there was something for long, ids that were all exchanged.
 * @param earlier answers to the same question, oldest first; the newest is what is compared with
 * @param question a calendar month that was not over goes on growing, so that its counts compare with nothing
 */
export function detectBreaks(
  earlier: readonly ShapedAnswer[],
  now: ShapedAnswer,
  question: { page: number; isGrowing: boolean },
): FoundBreak[] {
  const before = earlier.at(-1);
  if (!before) return [];
  const whole = wholeBreak(earlier, before, now, question);
  return whole ? [whole] : METRICS.flatMap((metric) => figureBreak(metric, before, now, question) ?? []);
}

/**
 * Whether an answer is of the old shape again, seen from the answer to the same question just before it, which was of
 * the other one. @param before the last answer of the old shape
 */
export function isBack(
  { kind, metric, factor, was }: FoundBreak,
  before: ShapedAnswer,
  previous: ShapedAnswer,
  now: ShapedAnswer,
): boolean {
  if (now.rows.length === 0) return false;
  switch (kind) {
    case "empty":
      return true;
    case "collapsed":
      return now.total !== null && now.total >= was * COLLAPSED_SHARE;
    case "renamed": {
      const known = new Set(before.rows.map(({ categoryId }) => categoryId));
      return now.rows.filter(({ categoryId }) => known.has(categoryId)).length >= now.rows.length / 4;
    }
    case "vanished":
      return metric !== null && now.rows.length >= LEAST_ROWS && presentShare(metric, now) >= MOSTLY_PRESENT;
    case "unit": {
      const found = metric && factorOf(metric, previous, now);
      return Boolean(found && factor && Math.abs(Math.log(found.factor * factor)) < Math.log(ALIKE_FACTOR));
    }
    default:
      return never(kind);
  }
}

function never(kind: never): never {
  throw new Error(`isBack does not know ${kind}`);
}

function wholeBreak(
  earlier: readonly ShapedAnswer[],
  before: ShapedAnswer,
  now: ShapedAnswer,
  { page, isGrowing }: { page: number; isGrowing: boolean },
): FoundBreak | null {
  const whole = (kind: BreakKind, was: number, is: number) => ({ kind, metric: null, factor: null, was, is });
  if (now.rows.length === 0) {
    const full = earlier.slice(-LONG_FULL);
    const wasFull = full.length === LONG_FULL && full.every(({ rows }) => rows.length > 0);
    return wasFull ? whole("empty", before.rows.length, 0) : null;
  }
  if (!isGrowing && before.total !== null && now.total !== null && before.total >= LEAST_TOTAL) {
    if (now.total < before.total * COLLAPSED_SHARE) return whole("collapsed", before.total, now.total);
  }
  const kept = keptIds(before, now, page);
  return kept === null ? null : whole("renamed", before.rows.length, kept);
}

/** How many ids are still the same where they were exchanged wholesale; null where they were not. */
function keptIds(before: ShapedAnswer, now: ShapedAnswer, page: number): number | null {
  const idsOf = ({ rows }: ShapedAnswer) => new Set(rows.flatMap(({ categoryId }) => categoryId ?? []));
  const [was, is] = [idsOf(before), idsOf(now)];
  if (was.size < LEAST_ROWS || is.size < LEAST_ROWS) return null;
  const kept = [...is].filter((id) => was.has(id)).length;
  const lostNames = new Set(
    before.rows.flatMap(({ categoryId, name }) => (categoryId && name && !is.has(categoryId) ? [name] : [])),
  );
  const renamed = now.rows.filter(
    ({ categoryId, name }) => categoryId && name && !was.has(categoryId) && lostNames.has(name),
  ).length;
  const isOther = page === 1 && kept === 0 && Math.min(was.size, is.size) >= 2 * LEAST_ROWS;
  return (renamed >= LEAST_RENAMED && kept <= renamed / 4) || (isOther && now.at - before.at <= SAME_PAGE_DAYS * DAY_MS)
    ? kept
    : null;
}

function figureBreak(
  metric: Metric,
  before: ShapedAnswer,
  now: ShapedAnswer,
  { isGrowing }: { isGrowing: boolean },
): FoundBreak | null {
  if (Math.min(before.rows.length, now.rows.length) < LEAST_ROWS) return null;
  const [was, is] = [presentShare(metric, before), presentShare(metric, now)];
  if (was >= MOSTLY_PRESENT && is <= HARDLY_PRESENT) {
    return { kind: "vanished", metric, factor: null, was: Math.round(was * 100), is: Math.round(is * 100) };
  }
  const found = isGrowing && METRIC_DICTIONARY[metric].kind !== "rate" ? null : factorOf(metric, before, now);
  return found && { kind: "unit", metric, ...found };
}

/** Of a change 0 is a value like any other; of the rest it may be how the provider says "none". */
const isThere = (metric: Metric, value: number | null | undefined): value is number =>
  value !== null && value !== undefined && (METRIC_DICTIONARY[metric].kind === "change" || value !== 0);

const presentShare = (metric: Metric, { rows }: ShapedAnswer) =>
  rows.filter(({ figures }) => isThere(metric, figures[METRICS.indexOf(metric)])).length / rows.length;

/** The factor by which a figure of all rows moved; null when it moved by less, or not all rows alike. */
function factorOf(metric: Metric, before: ShapedAnswer, now: ShapedAnswer) {
  if (METRIC_DICTIONARY[metric].kind === "change") return null;
  const index = METRICS.indexOf(metric);
  const old = new Map(before.rows.map(({ categoryId, figures }) => [categoryId, figures[index]]));
  const pairs = now.rows.flatMap(({ categoryId, figures }) => {
    const [was, is] = [categoryId === null ? null : old.get(categoryId), figures[index]];
    return isThere(metric, was) && isThere(metric, is) && was * is > 0 ? [{ was, is }] : [];
  });
  if (pairs.length < LEAST_ROWS) return null;
  const logs = pairs.map(({ was, is }) => Math.log(is / was));
  const middle = median(logs);
  const alike = logs.filter((log) => Math.abs(log - middle) <= Math.log(ALIKE_FACTOR)).length;
  if (Math.abs(middle) < Math.log(LEAST_FACTOR) || alike < logs.length * LEAST_ALIKE) return null;
  return { factor: Math.exp(middle), was: median(pairs.map(({ was }) => was)), is: median(pairs.map(({ is }) => is)) };
}
