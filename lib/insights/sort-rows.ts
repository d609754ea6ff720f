import "server-only";
import { METRICS, type RankingRow } from "./schemas";

export const SORT_KEYS = ["position", "category", ...METRICS] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export type SortDirection = "asc" | "desc";

/** Ready-made views of stored rows. Each has its own order, which a chosen column replaces. */
export const PRESETS = ["all", "rising", "falling", "low_cpa", "high_cvr"] as const;
export type Preset = (typeof PRESETS)[number];

export type RankingView = { preset: Preset; sort: SortKey; dir: SortDirection };

const PRESET_ORDER: Record<Preset, { sort: SortKey; dir: SortDirection }> = {
  all: { sort: "position", dir: "asc" },
  rising: { sort: "postsChangePct", dir: "desc" },
  falling: { sort: "postsChangePct", dir: "asc" },
  low_cpa: { sort: "cpa", dir: "asc" },
  high_cvr: { sort: "cvrPct", dir: "desc" },
};

const LOW_FIRST: ReadonlySet<SortKey> = new Set<SortKey>(["position", "category", "cpa"]);

/** The direction a column starts with: lowest cost and first position first, otherwise the highest value. */
export const firstDirection = (sort: SortKey): SortDirection => (LOW_FIRST.has(sort) ? "asc" : "desc");

const oneOf = <T extends string>(values: readonly T[], text: string | undefined) =>
  values.find((value) => value === text);

/** Reads a view from an address. Whatever it does not know falls back to the preset's own order. */
export function parseView(address: { preset?: string; sort?: string; dir?: string }): RankingView {
  const preset = oneOf(PRESETS, address.preset) ?? "all";
  const sort = oneOf(SORT_KEYS, address.sort);
  if (!sort) return { preset, ...PRESET_ORDER[preset] };
  return { preset, sort, dir: oneOf(["asc", "desc"] as const, address.dir) ?? firstDirection(sort) };
}

// A CPA or CVR of 0 may mean "no data" at the provider, so neither counts as a bargain.
const KEEPS: Record<Preset, (row: RankingRow) => boolean> = {
  all: () => true,
  rising: (row) => (row.postsChangePct ?? 0) > 0,
  falling: (row) => (row.postsChangePct ?? 0) < 0,
  low_cpa: (row) => (row.cpa ?? 0) > 0,
  high_cvr: (row) => (row.cvrPct ?? 0) > 0,
};

function sortValue(row: RankingRow, sort: SortKey): number | string | null {
  if (sort === "position") return row.position;
  if (sort === "category") return row.path.at(-1) ?? null;
  return row[sort];
}

/**
 * The rows of a view in its order. Missing values stand last in either direction; equal ones keep their position.
 * Sorts only what it is given: the caller says how much of the whole that is.
 */
export function sortRows(rows: readonly RankingRow[], view: RankingView): RankingRow[] {
  const turn = view.dir === "asc" ? 1 : -1;
  return rows.filter(KEEPS[view.preset]).sort((a, b) => {
    const [left, right] = [sortValue(a, view.sort), sortValue(b, view.sort)];
    if (left === null || right === null) {
      return Number(left === null) - Number(right === null) || a.position - b.position;
    }
    const order = typeof left === "string" ? left.localeCompare(String(right), "en") : left - Number(right);
    return order * turn || a.position - b.position;
  });
}
