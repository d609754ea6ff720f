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
