import type { Pool } from "pg";
import type { TeamContext } from "@/lib/auth/context";

export type HistoryShape = { categories: number; regions: readonly string[]; days: number; window: string };

/** The ids that `fillHistory` gives its categories. */
export const historyCategory = (nth: number) => String(700_000 + nth);

/**
 * A team's past as daily rankings would have left it, up to now: each day and region holds every category once, in an
 * order that drifts, with figures that do too; 20 stand under one second level and 140 under one first. Invented in SQL, without
 * raw answers, events or credits: only for what reads rows.
 * @param pool of the superuser, who alone may leave the references out
 */
export async function fillHistory(pool: Pool, ctx: TeamContext, shape: HistoryShape): Promise<void> {
  const { categories, regions, days, window } = shape;
  const client = await pool.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query(
      `insert into category (team_id, upstream, id, level, parent_id, name, first_seen_at, last_seen_at)
       select $1::uuid, 'sandbox', (700000 + c)::text, 3, (600000 + (c - 1) / 20)::text, 'Category ' || c, now(), now()
       from generate_series(1, $2::int) c
       union all select $1::uuid, 'sandbox', (600000 + g)::text, 2, (500000 + g / 7)::text, 'Group ' || g, now(), now()
       from generate_series(0, ($2::int - 1) / 20) g
       union all select $1::uuid, 'sandbox', (500000 + f)::text, 1, null, 'Field ' || f, now(), now()
       from generate_series(0, ($2::int - 1) / 140) f`,
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
    // Of a team beside others PostgreSQL would guess one row, and look each of half a million up by itself.
    await client.query("analyze ranking_row, snapshot");
    await client.query(
      `with page as (
         select team_id, snapshot_id, upstream, region, "window", fetched_at, min(position - 1) / 20 + 1 as page,
           count(*) as rows, gen_random_uuid() as request_id
         from ranking_row r where team_id = $1 and "window" = $2
           and not exists (select from snapshot s where s.team_id = r.team_id and s.id = r.snapshot_id)
         group by team_id, snapshot_id, upstream, region, "window", fetched_at),
       asked as (
         insert into credit_request (team_id, id, upstream, endpoint, region, "window", page, question_key, key_id,
           member_id, purpose, input_hash, price_credits, period_start, reserved_at, state, nonce, sent_at, settled_at, basis)
         select team_id, request_id, upstream, 'insights_products', region, "window", page, region || page, request_id, $4,
           'explore', '', 2, fetched_at::date, fetched_at, 'charged', request_id, fetched_at, fetched_at, 'documented'
         from page)
       insert into snapshot (team_id, id, request_id, upstream, endpoint, region, "window", page, question_key, sent_at,
         fetched_at, total, row_count)
       select team_id, snapshot_id, request_id, upstream, 'insights_products', region, "window", page, region || page,
         fetched_at, fetched_at, $3, rows from page`,
      [ctx.team.id, window, categories, ctx.member.id],
    );
    await client.query(
      `insert into flight (team_id, question_key, newest_snapshot_id, newest_fetched_at)
       select distinct on (question_key) team_id, question_key, id, fetched_at from snapshot
       where team_id = $1 order by question_key, fetched_at desc on conflict do nothing`,
      [ctx.team.id],
    );
    await client.query("set session_replication_role = origin");
    await client.query("analyze ranking_row, snapshot, credit_request, flight, category");
  } finally {
    client.release();
  }
}
