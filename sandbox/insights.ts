import { windowOf } from "./calendar";
import { type Generator, isRegion, type Row } from "./generator";

/** The one endpoint of the source that is emulated. */
export const INSIGHTS_PATH = "/v1/tiktok/insights/products";

const MAX_LIMIT = 20;

/** What a request asks for, with the defaults filled in. */
export interface Question {
  /** Lower case; "" is no search. */
  keyword: string;
  page: number;
  limit: number;
  timeScope: string;
  region: string;
  /** "" is no filter. */
  categoryId: string;
}

export interface Page {
  list: Row[];
  pagination: { page: number; size: number; total: number; has_more: boolean };
  /** The last row of the page before; null on the first page and beyond the end. */
  rowBefore: Row | null;
}

/** Reads the query. @returns the message of a 400 where a parameter cannot be read. */
export function readQuestion(params: URLSearchParams, nowMs: number): Question | string {
  const read = (name: string, otherwise: string) => params.get(name)?.trim() || otherwise;
  const number = (name: string, otherwise: string) => {
    const text = read(name, otherwise);
    return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
  };
  const page = number("page", "1");
  if (page === null) return "Invalid parameter: page";
  const limit = number("limit", String(MAX_LIMIT));
  if (limit === null) return "Invalid parameter: limit";
  const timeScope = read("time_scope", "1");
  if (windowOf(timeScope, nowMs) === "invalid") return "Invalid parameter: time_scope";
  const keyword = read("search_keyword", "FALSE");
  return {
    // Only this spelling means "no search": a client that sends "false" searches for that word and finds nothing.
    keyword: keyword === "FALSE" ? "" : keyword.toLowerCase(),
    page,
    limit: Math.min(limit, MAX_LIMIT),
    timeScope,
    region: read("region", "all_regions"),
    categoryId: read("ecom_category_id", ""),
  };
}

/** Answers a question: a page of the ranking, filtered. An unknown region or id and a month that is gone are empty. */
export function readPage(generator: Generator, question: Question, nowMs: number): Page {
  const { page, limit, keyword, categoryId } = question;
  const window = windowOf(question.timeScope, nowMs);
  const ranking =
    window === null || window === "invalid" || !isRegion(question.region)
      ? []
      : generator.ranking(question.region, window);
  const found = ranking.filter(
    ({ category: { first, second, third } }) =>
      (categoryId === "" || third.id === categoryId) &&
      (keyword === "" || [first, second, third].some((node) => node.value.toLowerCase().includes(keyword))),
  );
  const start = (page - 1) * limit;
  const list = found.slice(start, start + limit).map((ranked) => ranked.row());
  return {
    list,
    pagination: { page, size: list.length, total: found.length, has_more: start + limit < found.length },
    rowBefore: list.length > 0 ? (found[start - 1]?.row() ?? null) : null,
  };
}
