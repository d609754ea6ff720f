// What forms offer to choose from, without the schemas: browsers need not load what checks them.

/** The colours that a list or an item may have; the page knows how each looks. */
export const MARK_COLORS = ["red", "orange", "green", "blue", "purple"] as const;
/** A search may go so deep: a full ranking has about 500 rows, 20 a page. */
export const WHOLE_RANKING_PAGES = 25;
