import "server-only";
import { mapPage } from "../map";
import type { Endpoint, RankingPage } from "../types";
import { readPage } from "../wire";

/** Rows a page holds: the most that the upstream gives. */
const PAGE_SIZE = 20;
/** The upstream's word for "no search"; nobody can search for it. */
const NO_SEARCH = "FALSE";

export type RankingParams = {
  /** `all_regions` or an ISO 3166 code. */
  region: string;
  /** `1`, `7` or `30` days, or a calendar month `YYYY-MM`. */
  window: string;
  category?: string | null;
  q?: string | null;
  /** From 1. */
  page: number;
};

/** One page of the ranking of third-level categories by their advertising on TikTok. */
export const insightsProducts: Endpoint<RankingParams, RankingPage> = {
  name: "insights_products",
  path: "/v1/tiktok/insights/products",
  priceCredits: 2,

  toQuery({ region, window, category, q, page }) {
    const keyword = typeof q === "string" ? q.trim() : "";
    return {
      search_keyword: keyword === "" || /^false$/i.test(keyword) ? NO_SEARCH : keyword,
      page: String(page),
      limit: String(PAGE_SIZE),
      time_scope: window,
      region,
      ...(category ? { ecom_category_id: category } : {}),
    };
  },

  parse(data) {
    const page = readPage(data);
    return page && mapPage(page.rows, page.pagination, PAGE_SIZE);
  },
};
