// What the browser needs to know, without the schemas: it need not load what checks them.

/**
 * Pages that a member finds again as they left them, and the filters of their addresses that are kept. What belongs to a
 * moment is not: days, the page of a list, a cursor.
 */
export const LEFT_FILTERS = {
  home: ["scope", "against", "metric", "kind", "window"],
  explore: ["region", "window", "category", "q", "preset", "sort", "dir"],
  credits: ["member", "purpose", "outcome", "region", "token", "search", "by", "free"],
} as const;
export type FilteredPage = keyof typeof LEFT_FILTERS;

/** Where these pages are, below the team. */
export const FILTERED_PATHS: Readonly<Record<FilteredPage, string>> = {
  home: "",
  explore: "/explore",
  credits: "/credits",
};
