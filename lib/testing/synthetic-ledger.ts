import type pg from "pg";
import type { TeamContext } from "@/lib/auth/context";

export type LedgerSpread = {
  requests: number;
  /** The requests lie evenly in these days before now. */
  days: number;
  /** Each asks half as often as the one before. */
  memberIds: string[];
  /** False leaves the hashes of events empty, which is much faster; `verify-ledger` then finds every event. */
  hashed?: boolean;
};

/** How long a ledger the test of a whole export makes; `npm run test:long` takes the full million. */
export const EXPORTED_ENTRIES = process.env.LONG ? 1_000_000 : 120_000;

const PURPOSES = "explore,explore,explore,search,watchlist,schedule,schedule,api,explore,search";
const REGIONS = "US,US,US,GB,DE,TH,VN,JP,MY,FR";

/**
 * A whole ledger by SQL, as the steps would have left it: requests with their events and hashes, answers without rows,
 * who was served, counters. `verify-ledger` finds nothing in it. Ids count up from 1, the oldest first. As a superuser,
 * without looking up foreign keys row by row: they fit by how the rows are made.
 */
export async function fillLedger(pool: pg.Pool, ctx: TeamContext, spread: LedgerSpread): Promise<void> {
  const client = await pool.connect();
  const { rows: keys } = await client.query("select id from team_key where team_id = $1 and ended_at is null", [
    ctx.team.id,
  ]);
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    // With "offset 0" the period is computed once for each day and not for each request.
    await client.query(
      `insert into credit_request (team_id, id, upstream, endpoint, region, "window", category_id, q, page, question_key,
         key_id, member_id, purpose, input_hash, price_credits, period_start, reserved_at, state, nonce, attempt, sent_at,
         settled_at, basis, problem, reason, http_status, upstream_request_id)
       select $1, lpad(to_hex(n), 32, '0')::uuid, $2, 'insights_products', region, '7', '', word, 1,
         $2 || region || word, $3, ($4::uuid[])[member], purpose, 'synthetic', 2,
         period.start, at, state, $1, 1, at + interval '1 ms', at + interval '400 ms',
         case when state = 'charged' and n % 50 <> 0 then 'documented' else 'assumed' end,
         case state when 'not_charged' then 'upstream_failed' when 'unsettled' then 'upstream_timeout' end, null,
         case state when 'charged' then 200 when 'not_charged' then 500 end, 'synthetic-' || n
       from (select n, date_trunc('milliseconds', now()) - ($6::float8 * ($7::int - n) / $7::int) * interval '1 day' as at,
           (string_to_array($8, ','))[1 + n % 10] as purpose, (string_to_array($9, ','))[1 + (n / 7) % 10] as region,
           'word ' || n % 997 as word,
           least(1 + floor(-ln(1 - (hashint4(n)::bigint + 2147483648) / 4294967297.0) / ln(2))::int,
             cardinality($4::uuid[])) as member,
           case when n % 33 = 0 then 'not_charged' when n % 101 = 0 then 'unsettled' else 'charged' end as state
         from generate_series(1, $7::int) as n) as made
       join (select local::date as day, (select p.start from credit_period($1, (local + interval '12 hours') at time zone $5) p)
           from generate_series(date_trunc('day', now() at time zone $5) - ($6::int + 1) * interval '1 day',
             now() at time zone $5, '1 day') as local offset 0) as period on period.day = (at at time zone $5)::date`,
      [
        ctx.team.id,
        ctx.team.upstream,
        keys[0]?.id,
        spread.memberIds,
        ctx.team.timeZone,
        spread.days,
        spread.requests,
        PURPOSES,
        REGIONS,
      ],
    );
    await client.query(
      `insert into credit_event (team_id, request_id, seq, kind, credits, state, at, basis, problem, reason, http_status,
         upstream_request_id, by_member_id, hash)
       select r.team_id, r.id, e.*,
         case when $2 then credit_event_hash(r, row(r.team_id, r.id, e.*, null)::credit_event) else ''::bytea end
       from credit_request r cross join lateral (values
           (1, 'reserved', 0, 'reserved', r.reserved_at, null, null, null, null::int, null, null::uuid),
           (2, 'sending', 0, 'sending', r.sent_at, null, null, null, null, null, null),
           (3, r.state, case r.state when 'charged' then r.price_credits else 0 end, r.state, r.settled_at, r.basis,
             r.problem, r.reason, r.http_status, r.upstream_request_id, null)) as e
       where r.team_id = $1`,
      [ctx.team.id, spread.hashed ?? true],
    );
    await client.query(
      `insert into snapshot (team_id, id, request_id, upstream, endpoint, region, "window", category_id, q, page,
         question_key, sent_at, fetched_at, total, has_more, row_count)
       select team_id, id, id, upstream, endpoint, region, "window", category_id, q, page, question_key, sent_at, settled_at,
         0, false, 0
       from credit_request where team_id = $1 and state = 'charged'`,
      [ctx.team.id],
    );
    await client.query(
      `insert into served_answer (team_id, id, at, member_id, input_hash, question_key, source, request_id)
       select team_id, id, reserved_at, member_id, input_hash, question_key, 'bought', id
       from credit_request where team_id = $1
       union all
       select team_id, overlay(id::text placing 'f' from 1)::uuid, reserved_at, member_id, input_hash, question_key, 'shared', id
       from credit_request where team_id = $1 and right(id::text, 1) in ('0', '5', 'a')`,
      [ctx.team.id],
    );
    await client.query(
      `insert into credit_counter (team_id, upstream, period_start, scope, subject_id, spent, unsettled)
       select r.team_id, r.upstream, r.period_start, s.scope, s.subject_id,
         sum(case when r.state = 'charged' then r.price_credits else 0 end),
         sum(case when r.state = 'unsettled' then r.price_credits else 0 end)
       from credit_request r cross join lateral credit_subjects(
           r.team_id, case when not r.by_share then r.member_id end, r.token_id, r.purpose) s
       where r.team_id = $1 group by 1, 2, 3, 4, 5`,
      [ctx.team.id],
    );
    await client.query("commit");
    await client.query("analyze credit_request, credit_event, snapshot, served_answer, credit_counter");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
