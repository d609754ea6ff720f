import "server-only";
import type { MappedRow, RankingPage } from "./types";
import type { WirePagination, WireRow } from "./wire";

/**
 * One row in our names and units; null (an unreadable row) gives a place without facts. The provider's rates are per
 * cent already. Nothing is derived from anything else: its metrics do not reconcile with one another.
 */
export function mapRow(row: WireRow | null, place: number): MappedRow {
  const top = row?.first_ecom_category;
  const parent = row?.second_ecom_category;
  const category = row?.third_ecom_category;
  return {
    place,
    categoryId: category?.id ?? null,
    parentId: parent?.id ?? category?.parent_id ?? null,
    topId: top?.id ?? parent?.parent_id ?? null,
    topName: top?.value ?? null,
    parentName: parent?.value ?? null,
    categoryName: category?.value ?? null,
    posts: row?.post ?? null,
    postsChangePct: row?.post_change ?? null,
    impressions: row?.impression ?? null,
    ctrPct: row?.ctr ?? null,
    cvrPct: row?.cvr ?? null,
    sixSecondViewRatePct: row?.play_six_rate ?? null,
    cost: row?.cost ?? null,
    cpa: row?.cpa ?? null,
    likes: row?.like ?? null,
    comments: row?.comment ?? null,
    shares: row?.share ?? null,
  };
}

/**
 * A page in our names. `total` and `hasMore` are the provider's word and may contradict each other; only "more" after
 * an empty page is corrected, because it would invite to pay for the next empty one. Rows beyond `size` are left out:
 * their places belong to the next page.
 */
export function mapPage(rows: (WireRow | null)[], pagination: WirePagination, size: number): RankingPage {
  return {
    total: pagination.total,
    hasMore: rows.length === 0 && pagination.has_more ? false : pagination.has_more,
    rows: rows.slice(0, size).map((row, index) => mapRow(row, index + 1)),
  };
}
