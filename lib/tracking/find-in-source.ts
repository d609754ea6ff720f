import "server-only";
import { median } from "@/lib/insights/robust-spread";
import { METRICS, type Metric, PAGE_SIZE, type Question } from "@/lib/insights/schemas";
import { MONTHS_BACK, SOURCE_PARTS, type SourcePart } from "./plan-source-check";
import type { NO_ROWS, SourceFinding } from "./source-check-schemas";

type SourceRow = Record<Metric, number | null> & {
  categoryId: string | null;
  parentId: string | null;
  topId: string | null;
};

/** What became of one question of a check. */
export type SourceAnswer = {
  question: Question;
  /** Null when nothing was asked. */
  receiptId: string | null;
  /** Why there are no rows to read; null when there is a list, if an empty one. */
  problem: string | null;
  charge: "charged" | "not_charged" | "unsettled" | null;
  total: number | null;
  hasMore: boolean | null;
  /** Null without a readable list. */
  rows: SourceRow[] | null;
};

type NoRows = (typeof NO_ROWS)[number];

/** These are answers of the provider; whatever else went wrong says nothing about it. */
const SPOKEN: Readonly<Record<string, NoRows>> = {
  upstream_no_data: "no_data",
  upstream_invalid_answer: "unreadable",
  upstream_failed: "error",
};
/** So many of the same categories must tell two windows apart; fewer could also be the source renewing in between. */
const MOST = 0.5;

type Rows = SourceRow[];
const rowsOf = (answer: SourceAnswer | undefined): Rows | null => (answer?.rows?.length ? answer.rows : null);
function silence(answer: SourceAnswer | undefined): NoRows | "unknown" {
  if (answer?.rows?.length === 0) return "empty";
  return SPOKEN[answer?.problem ?? ""] ?? "unknown";
}

const sameRow = (one: SourceRow, other: SourceRow) =>
  one.categoryId === other.categoryId && METRICS.every((metric) => one[metric] === other[metric]);
/** Row by row the same, figures included. */
const sameRows = (one: Rows | null, other: Rows | null): boolean =>
  one !== null &&
  other !== null &&
  one.length === other.length &&
  one.every((row, index) => sameRow(row, other[index] as SourceRow));

/** Whether a window's answer is another than that of 7 days, judged by the categories that both hold. */
function compareWindows(
  base: Rows | null,
  window: Rows | null,
): { says: "differ" | "same" | null; times: number | null } {
  if (!base || !window) return { says: null, times: null };
  const known = new Map(base.flatMap((row) => (row.categoryId ? [[row.categoryId, row] as const] : [])));
  const pairs = window.flatMap((row) => {
    const before = row.categoryId ? known.get(row.categoryId) : undefined;
    return before ? [[row, before] as const] : [];
  });
  const ratios = pairs.flatMap(([row, before]) => (row.posts && before.posts ? [row.posts / before.posts] : []));
  const times = ratios.length > 0 ? median(ratios) : null;
  if (sameRows(base, window)) return { says: "same", times };
  const other = pairs.filter(([row, before]) => !sameRow(row, before)).length;
  if (pairs.length === 0 || other / pairs.length > MOST) return { says: "differ", times };
  return { says: null, times };
}

/**
 * What the answers of a check tell of the provider, one finding for each thing that is assumed of it. Pure; where the
 * answers do not tell, the verdict is `unknown`, never a guess.
 */
export function findInSource(answers: readonly SourceAnswer[]): SourceFinding[] {
  const of = Object.fromEntries(SOURCE_PARTS.map((part, index) => [part, answers[index]])) as Record<
    SourcePart,
    SourceAnswer | undefined
  >;
  const receiptsOf = (...parts: SourcePart[]) => [...new Set(parts.flatMap((part) => of[part]?.receiptId ?? []))];
  const base = rowsOf(of.base);

  const windows = (): SourceFinding => {
    const [day, month] = [compareWindows(base, rowsOf(of.day)), compareWindows(base, rowsOf(of.month))];
    const says = [day.says, month.says];
    const all = (word: "differ" | "same") => says.every((one) => one === word);
    const verdict = all("differ")
      ? "differ"
      : all("same")
        ? "same"
        : says.includes("same") && says.includes("differ")
          ? "partly"
          : "unknown";
    const receiptIds = receiptsOf("base", "day", "month");
    return { about: "windows", verdict, receiptIds, dayTimes: day.times, monthTimes: month.times };
  };

  const region = (): SourceFinding => {
    const everywhere = rowsOf(of.everywhere);
    return {
      about: "region",
      verdict: !base || !everywhere ? "unknown" : sameRows(base, everywhere) ? "ignored" : "applied",
      receiptIds: receiptsOf("base", "everywhere"),
      region: of.base?.question.region ?? "US",
    };
  };

  const rare = (): SourceFinding => {
    const rows = rowsOf(of.rare);
    const isOthers = sameRows(rows, base) || sameRows(rows, rowsOf(of.everywhere));
    const canTell = base !== null && rowsOf(of.everywhere) !== null;
    return {
      about: "rare",
      verdict: !rows ? silence(of.rare) : isOthers ? "ignored" : canTell ? "own" : "unknown",
      receiptIds: receiptsOf("rare", "base", "everywhere"),
      region: of.rare?.question.region ?? "UY",
      rows: rows?.length ?? 0,
    };
  };

  const months = (): SourceFinding => {
    const parts = ["closed", "old", "older"] as const;
    const windowed = [base, rowsOf(of.day), rowsOf(of.month)];
    const each = parts.map((part, index) => {
      const rows = rowsOf(of[part]);
      const repeated = [...windowed, ...parts.slice(0, index).map((earlier) => rowsOf(of[earlier]))];
      const answer = !rows ? silence(of[part]) : repeated.some((other) => sameRows(rows, other)) ? "window" : "rows";
      return { month: of[part]?.question.window ?? "", back: MONTHS_BACK[index] as number, answer } as const;
    });
    const answered = each.filter(({ answer }) => answer === "rows");
    const reach = answered.at(-1)?.back ?? null;
    const silent = each.filter(({ answer, back }) => answer !== "unknown" && answer !== "rows" && back > (reach ?? 0));
    const isNone = each.every(({ answer }) => answer !== "unknown" && answer !== "rows");
    return {
      about: "months",
      verdict: each.some(({ answer }) => answer === "window")
        ? "ignored"
        : reach
          ? "answer"
          : isNone
            ? "none"
            : "unknown",
      receiptIds: receiptsOf(...parts),
      months: each,
      reach,
      beyond: silent[0]?.back ?? null,
    };
  };

  const filter = (about: "category" | "level", part: "third" | "first"): SourceFinding => {
    const category = of[part]?.question.category ?? "";
    const rows = rowsOf(of[part]);
    const isUnder = (row: SourceRow) =>
      about === "category" ? row.categoryId === category : [row.topId, row.parentId, row.categoryId].includes(category);
    const verdict = (of: Rows) => {
      const isFiltered = of.every(isUnder);
      // Where the whole ranking lies under the category, the same rows say nothing about the filter.
      if (sameRows(of, base)) return isFiltered ? "unknown" : "ignored";
      return isFiltered ? "filtered" : base ? "other" : "unknown";
    };
    return {
      about,
      verdict: rows ? verdict(rows) : silence(of[part]),
      receiptIds: receiptsOf(part, "base"),
      category,
      rows: rows?.length ?? 0,
    };
  };

  const nothing = (): SourceFinding => {
    const rows = rowsOf(of.nothing);
    return {
      about: "nothing",
      verdict: !rows ? silence(of.nothing) : !base ? "unknown" : sameRows(rows, base) ? "ignored" : "rows",
      receiptIds: receiptsOf("nothing", "base"),
      charge: of.nothing?.charge ?? null,
    };
  };

  const paging = (): SourceFinding => {
    const second = of.second;
    const ids = new Set(base?.flatMap(({ categoryId }) => categoryId ?? []));
    const shared = second?.rows?.filter(({ categoryId }) => categoryId !== null && ids.has(categoryId)).length ?? 0;
    const total = of.base?.total ?? null;
    // A first page that is not full has nothing behind it to tell of.
    const isWhole = base !== null && base.length < PAGE_SIZE && of.base?.hasMore !== true;
    const verdict = (): "goes_on" | "overlaps" | "repeats" | "ends" | "unknown" => {
      if (!base || isWhole || !second?.rows) return "unknown";
      if (second.rows.length === 0) return "ends";
      if (sameRows(base, second.rows)) return "repeats";
      return shared > 0 ? "overlaps" : "goes_on";
    };
    return {
      about: "paging",
      verdict: verdict(),
      receiptIds: receiptsOf("base", "second"),
      first: base?.length ?? 0,
      second: second?.rows?.length ?? 0,
      shared,
      total,
    };
  };

  const order = (): SourceFinding => {
    const posts = base?.flatMap((row) => row.posts ?? []) ?? [];
    const outOfOrder = posts.filter((value, index) => index > 0 && value > (posts[index - 1] as number)).length;
    return {
      about: "order",
      verdict: posts.length < 2 ? "unknown" : outOfOrder === 0 ? "popularity" : "other",
      receiptIds: receiptsOf("base"),
      rows: posts.length,
      outOfOrder,
    };
  };

  const figures = (): SourceFinding => {
    const missing = base ? METRICS.filter((metric) => base.every((row) => row[metric] === null)) : [];
    return {
      about: "figures",
      verdict: !base ? "unknown" : missing.length === 0 ? "complete" : "missing",
      receiptIds: receiptsOf("base"),
      missing,
    };
  };

  return [
    windows(),
    region(),
    rare(),
    months(),
    filter("category", "third"),
    filter("level", "first"),
    nothing(),
    paging(),
    order(),
    figures(),
  ];
}
