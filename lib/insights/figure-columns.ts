import "server-only";
import { Prisma } from "@/lib/platform/db";
import type { Metric } from "./schemas";

const COLUMNS = {
  posts: "posts",
  postsChangePct: "posts_change_pct",
  impressions: "impressions",
  ctrPct: "ctr_pct",
  cvrPct: "cvr_pct",
  sixSecondViewRatePct: "six_second_view_rate_pct",
  cost: "cost",
  cpa: "cpa",
  likes: "likes",
  comments: "comments",
  shares: "shares",
} as const satisfies Record<Metric, string>;

/** These figures of the ranking row `r`, in their order, as a list of numbers for SQL. */
export const figureColumns = (metrics: readonly Metric[]): Prisma.Sql =>
  Prisma.raw(metrics.map((metric) => `r.${COLUMNS[metric]}::float8`).join(", "));
