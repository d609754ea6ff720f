// What forms offer to choose from, without the schemas: browsers need not load what checks them.

export const METRICS = [
  "posts",
  "postsChangePct",
  "impressions",
  "ctrPct",
  "cvrPct",
  "sixSecondViewRatePct",
  "cost",
  "cpa",
  "likes",
  "comments",
  "shares",
] as const;
export type Metric = (typeof METRICS)[number];

/** More than anybody looks through in a list that opens: beyond it a field looks for a name. */
export const MOST_OPTIONS = 200;
/** The same where they stand in groups by their first level: a whole ranking has some 500 categories. */
export const MOST_GROUPED = 600;
