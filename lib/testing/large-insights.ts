import type { Pool } from "pg";
import { REGIONS } from "@/lib/insights/schemas";

/** Rows of each kind that `fillInsights` makes unless told otherwise. */
export const MANY = 10_000;
/** The category whose page is full: among its siblings the first by popularity. */
export const FULL_CATEGORY = "700001";
/** The second-level category that all of them stand under. */
export const FULL_PARENT = "600001";

/**
 * A team with so much of everything that a category's page and the pages about credits show that none of it fits on one
 * page: 10,000 answers of one category, siblings, notes, own numbers, changes of the provider, members who spent in this
 * period and the one before, and requests to confirm; three years of imported days. Invented in SQL: only for what reads rows.
 * @param pool of the superuser, who alone may leave the references out
 */
export async function fillInsights(pool: Pool, teamId: string, many = MANY): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ id: string }>("select id from membership where team_id = $1 limit 1", [
      teamId,
    ]);
    const memberId = rows[0]?.id;
    await client.query("set session_replication_role = replica");
    for (const text of statements(many)) await client.query(text, text.includes("$2") ? [teamId, memberId] : [teamId]);
    await client.query("set session_replication_role = origin");
    await client.query(
      `analyze ranking_row; analyze snapshot; analyze credit_request; analyze category; analyze own_number;
       analyze category_note; analyze imported_point; analyze provider_break; analyze membership`,
    );
  } finally {
    client.release();
  }
}

/** The id of the nth of a kind, always the same and of the shape that addresses accept. */
const uuidOf = (kind: string, nth: string) =>
  `overlay(overlay(md5($1::text || '${kind}' || ${nth}) placing '4' from 13) placing '8' from 17)::uuid`;

/** Requests with what each brought, twelve minutes apart. */
const answers = (many: number) => `
  insert into credit_request (team_id, id, upstream, endpoint, region, "window", page, question_key, key_id, member_id,
    purpose, input_hash, price_credits, period_start, reserved_at, state, nonce, sent_at, settled_at, basis)
  select $1::uuid, ${uuidOf("answer", "i")}, 'sandbox', 'insights_products', 'US', '7', 1, 'many' || i,
    gen_random_uuid(), $2::uuid, 'explore', '', 2, date_trunc('month', app_now() - interval '13 months')::date,
    app_now() - i * interval '12 minutes', 'charged', gen_random_uuid(), app_now() - i * interval '12 minutes',
    app_now() - i * interval '12 minutes', 'documented'
  from generate_series(1, ${many}) i`;

const statements = (many: number) => [
  `insert into category (team_id, upstream, id, level, parent_id, name, first_seen_at, last_seen_at)
   select $1::uuid, 'sandbox', (700000 + c)::text, 3, '${FULL_PARENT}', 'Kind ' || c, app_now(), app_now()
   from generate_series(1, ${many}) c
   union all select $1::uuid, 'sandbox', '${FULL_PARENT}', 2, '500001', 'Everything', app_now(), app_now()
   union all select $1::uuid, 'sandbox', '500001', 1, null, 'All', app_now(), app_now()`,
  answers(many),
  `insert into snapshot (team_id, id, request_id, upstream, endpoint, region, "window", page, question_key, sent_at,
     fetched_at, total, row_count)
   select team_id, id, id, upstream, endpoint, region, "window", page, question_key, sent_at, settled_at, 1, 1
   from credit_request where team_id = $1::uuid and question_key like 'many%'`,
  // Each answer holds the full category; each sibling stands in the newest of them.
  `insert into ranking_row (team_id, snapshot_id, place, position, rank, upstream, category_id, region, "window",
     fetched_at, posts, posts_change_pct, impressions, ctr_pct, cvr_pct, six_second_view_rate_pct, cost, cpa, likes,
     comments, shares)
   select team_id, id, 1, 1, 1, upstream, '${FULL_CATEGORY}', region, "window", fetched_at,
     1000000 + extract(hour from fetched_at)::int * 100, 1, 1000, 1.5, 2.5, 8, 5000, 4.5, 1, 2, 3
   from snapshot where team_id = $1::uuid and question_key like 'many%'`,
  `insert into ranking_row (team_id, snapshot_id, place, position, rank, upstream, category_id, region, "window",
     fetched_at, posts, posts_change_pct, impressions, ctr_pct, cvr_pct, six_second_view_rate_pct, cost, cpa, likes,
     comments, shares)
   select $1::uuid, s.id, c, c, c, 'sandbox', (700000 + c)::text, 'US', '7', s.fetched_at, 100000 - c, 1, 1000, 1.5, 2.5, 8,
     5000, 4.5, 1, 2, 3
   from generate_series(2, ${many}) c,
     (select id, fetched_at from snapshot where team_id = $1::uuid and question_key = 'many1') s`,
  `insert into own_number (team_id, id, upstream, category_id, region, month, ctr_pct, cost, currency, member_id, created_at,
     updated_at)
   select $1::uuid, gen_random_uuid(), 'sandbox', '${FULL_CATEGORY}', r.code,
     to_char(app_now() - m * interval '1 month', 'YYYY-MM'), 1.5, 100, 'USD', $2::uuid, app_now(), app_now()
   from unnest('{${REGIONS.join(",")}}'::text[]) r (code), generate_series(1, ${Math.ceil(many / REGIONS.length)}) m`,
  `insert into category_note (team_id, id, upstream, category_id, region, "window", kind, text, decided_on, member_id,
     created_at, updated_at)
   select $1::uuid, gen_random_uuid(), 'sandbox', '${FULL_CATEGORY}', 'US', '7', 'note', 'Because of reason ' || i,
     current_date - i / 10, $2::uuid, app_now(), app_now() from generate_series(1, ${many}) i`,
  `insert into history_import (team_id, id, upstream, name, "window", rows, member_id, created_at)
   values ($1::uuid, ${uuidOf("sheet", "1")}, 'sandbox', 'Old sheet', '7', 1090, $2::uuid, app_now())`,
  `insert into imported_point (team_id, import_id, category_id, region, "at", figures)
   select $1::uuid, ${uuidOf("sheet", "1")}, '${FULL_CATEGORY}', 'US', (current_date - d)::text, '{"posts": 900}'
   from generate_series(1, 1090) d`,
  `insert into provider_break (team_id, id, upstream, region, "window", category_id, q, page, metric, kind, factor, was, "is",
     before_snapshot_id, snapshot_id, began_at, ended_at, found_at, verdict,
     judged_at)
   select $1::uuid, gen_random_uuid(), 'sandbox', 'GB', '7', (700000 + i)::text, '', 1, null, 'renamed', null, 10, 0,
     ${uuidOf("answer", "1")}, ${uuidOf("answer", "i")}, app_now() - i * interval '1 minute',
     app_now(), app_now(), 'real', app_now() from generate_series(1, ${many}) i`,
  `insert into user_account (id, email, name, password_hash)
   select ${uuidOf("person", "i")}, 'person' || i || '@' || $1::text || '.example', 'Person ' || i, ''
   from generate_series(1, ${many}) i`,
  `insert into membership (team_id, id, user_id, role)
   select $1::uuid, ${uuidOf("member", "i")}, ${uuidOf("person", "i")}, 'analyst'
   from generate_series(1, ${many}) i`,
  // In this period and in the one before, twice the same by each member; and as many that nobody knows the cost of.
  `insert into credit_request (team_id, id, upstream, endpoint, region, "window", page, question_key, key_id, member_id,
     purpose, input_hash, price_credits, period_start, reserved_at, state, nonce, sent_at, settled_at, basis)
   select $1::uuid, gen_random_uuid(), 'sandbox', 'insights_products', 'US', '7', 1, 'member' || i, k.id,
     ${uuidOf("member", "i")}, 'explore', '', 2, date_trunc('month', app_now() - p * interval '1 month')::date,
     date_trunc('month', app_now() - p * interval '1 month') + i * interval '1 second',
     case p when 2 then 'unsettled' else 'charged' end, gen_random_uuid(),
     date_trunc('month', app_now() - p * interval '1 month') + i * interval '1 second',
     date_trunc('month', app_now() - p * interval '1 month') + i * interval '1 second', case p when 2 then null else 'documented' end
   from generate_series(1, ${many}) i, generate_series(0, 2) p,
     (select id from team_key where team_id = $1::uuid limit 1) k`,
];
