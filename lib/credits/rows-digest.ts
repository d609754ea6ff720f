import "server-only";
import { Prisma } from "@/lib/platform/db";

/** Stands for all rows of one stored answer (`w`, a `ranking_row`): equal answers have equal ones, and a missing figure counts. */
export const ROWS_DIGEST = Prisma.sql`md5(string_agg(row(w.place, w.category_id, w.posts, w.posts_change_pct, w.impressions,
  w.ctr_pct, w.cvr_pct, w.six_second_view_rate_pct, w.cost, w.cpa, w.likes, w.comments, w.shares)::text, '' order by w.place))`;
