import type { Pool } from "pg";
import type { TeamContext } from "@/lib/auth/context";

export type HistoryShape = { categories: number; regions: readonly string[]; days: number; window: string };

/** The ids that `fillHistory` gives its categories. */
export const historyCategory = (nth: number) => String(700_000 + nth);

/**
 * A team's past as daily rankings would have left it, up to now: each day and region holds every category once, in an
 * order that drifts, with figures that do too. Invented in SQL, without requests: only for what reads rows.
 * @param pool of the superuser, who alone may leave the references out
 */
export async function fillHistory(pool: Pool, ctx: TeamContext, shape: HistoryShape): Promise<void> {
  const { categories, regions, days, window } = shape;
  const client = await pool.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query(
      `insert into category (team_id, upstream, id, level, parent_id, name, first_seen_at, last_seen_at)
       select $1, 'sandbox', (700000 + c)::text, 3, null, 'Category ' || c, now(), now() from generate_series(1, $2) c`,
      [ctx.team.id, categories],
    );
    await client.query(
      `insert into ranking_row (team_id, snapshot_id, place, position, rank, upstream, category_id, region, "window",
         fetched_at, posts, posts_change_pct, impressions, ctr_pct, cvr_pct, six_second_view_rate_pct, cost, cpa, likes,
         comments, shares)
       select $1, md5($5 || x.region || x.day || '/' || x.at / 20)::uuid, x.at % 20 + 1, x.at + 1, x.at + 1, 'sandbox',
         (700000 + x.c)::text, x.region, $5, now() - x.day * interval '1 day', 100000 / (x.at + 1), (x.c + x.day) % 40 - 20,
         1000 * (x.c + x.day), 1 + (x.c + x.day) % 300 / 100.0, 2 + (x.c * 3 + x.day) % 500 / 100.0, 8, 5000, 4.5, x.c, x.day, 9
       from (select d.day, r.region, c.c, (c.c * 7 + d.day) % $2 as at
         from generate_series(0, $4 - 1) d (day), unnest($3::text[]) r (region), generate_series(1, $2) c (c)) x`,
      [ctx.team.id, categories, regions, days, window],
    );
    await client.query(
      `insert into snapshot (team_id, id, request_id, upstream, endpoint, region, "window", page, question_key, sent_at,
         fetched_at, total, row_count)
       select team_id, snapshot_id, gen_random_uuid(), upstream, 'insights_products', region, "window",
         min(position - 1) / 20 + 1, snapshot_id::text, fetched_at, fetched_at, $3, count(*)
       from ranking_row where team_id = $1 and "window" = $2
       group by team_id, snapshot_id, upstream, region, "window", fetched_at
       on conflict do nothing`,
      [ctx.team.id, window, categories],
    );
    await client.query("set session_replication_role = origin");
    await client.query("analyze ranking_row, snapshot, category");
  } finally {
    client.release();
  }
}
