import "server-only";
import { endsHere } from "./ends-here";
import { PAGE_SIZE, type RankingRow, type Snapshot } from "./schemas";

/** Ages that differ by less are those of one run: it asks page after page. */
const SAME_TIME_MS = 10 * 60_000;

export type Ranking = {
  /** In the order of their positions, over all pages. */
  rows: RankingRow[];
  /** The pages that it was put together from, in order. */
  pages: { page: number; snapshotId: string; receiptId: string; fetchedAt: string }[];
  /** Rows of the whole ranking by its newest page; null when the provider left it out. */
  total: number | null;
  /** Pages within what was wanted, and within the ranking, that nobody has. */
  holes: number[];
  /** Pages that are older than the newest one by more than a run takes. */
  older: { page: number; newestPage: number; byMs: number }[];
  /** Categories that stand on several pages, because the ranking moved between the requests. */
  duplicates: { categoryId: string; positions: number[] }[];
  /** So many pages from the first on are there without a hole. */
  reach: number;
  /** Whether those are all of the ranking. */
  whole: boolean;
};

/**
 * Puts pages of one ranking together and hides nothing: rows stay where their page had them, and what does not fit
 * (a category on two pages, a page that is missing or older than the others) is said.
 * @param wanted how many pages were wanted
 */
export function assembleRanking(snapshots: readonly Snapshot[], wanted: number): Ranking {
  const pages = [...snapshots].sort((a, b) => a.query.page - b.query.page);
  const newest = pages.reduce<Snapshot | null>(
    (best, one) => (best && best.fetchedAt >= one.fetchedAt ? best : one),
    null,
  );
  const total = newest?.total ?? null;
  const last = lastPage(pages, wanted, total);
  const has = new Set(pages.map(({ query }) => query.page));
  const holes = Array.from({ length: last }, (_, index) => index + 1).filter((page) => !has.has(page));
  const reach = (holes[0] ?? last + 1) - 1;
  const ending = pages.find(({ query }) => query.page === reach);
  const rows = pages.flatMap((page) => page.rows);
  return {
    rows,
    pages: pages.map(({ id, query, receipt, fetchedAt }) => ({
      page: query.page,
      snapshotId: id,
      receiptId: receipt.id,
      fetchedAt,
    })),
    total,
    holes,
    older: newest ? olderThan(newest, pages) : [],
    duplicates: duplicatesOf(rows),
    reach,
    whole: ending !== undefined && endsHere(ending),
  };
}

/** The last page that could be there: no further than wanted, and not behind the end. */
function lastPage(pages: readonly Snapshot[], wanted: number, total: number | null): number {
  if (total !== null) return Math.min(wanted, Math.max(1, Math.ceil(total / PAGE_SIZE)));
  const ending = pages.find(endsHere);
  return Math.min(wanted, ending?.query.page ?? wanted);
}

const olderThan = (newest: Snapshot, pages: readonly Snapshot[]) =>
  pages.flatMap(({ query, fetchedAt }) => {
    const byMs = Date.parse(newest.fetchedAt) - Date.parse(fetchedAt);
    return byMs < SAME_TIME_MS ? [] : [{ page: query.page, newestPage: newest.query.page, byMs }];
  });

function duplicatesOf(rows: readonly RankingRow[]): Ranking["duplicates"] {
  const positions = new Map<string, number[]>();
  for (const { categoryId, position } of rows) {
    if (categoryId) positions.set(categoryId, [...(positions.get(categoryId) ?? []), position]);
  }
  return [...positions].flatMap(([categoryId, found]) => (found.length > 1 ? [{ categoryId, positions: found }] : []));
}
