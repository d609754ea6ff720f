import "server-only";
import { Prisma } from "@/lib/platform/db";
import { invalid } from "@/lib/platform/errors";
import { requestConditions, servedTo, usageView } from "./internal";
import type { LedgerEntry, ServedEntry } from "./schemas";
import type { UsageScope } from "./usage-sql";

/** Entries of one page of the log. */
export const PAGE = 50;

type Question = {
  region: string;
  window: string;
  category_id: string;
  category_name: string | null;
  q: string;
  page: number;
};

/** An instant to the microsecond, and the id that tells entries of one instant apart. */
type Place = { at_text: string; id: string };

export type EntryRow = Question &
  Place & {
    reserved_at: Date;
    upstream: LedgerEntry["upstream"];
    member_id: string;
    member_name: string;
    by_share: boolean;
    token_name: string | null;
    kept_id: string | null;
    kept_name: string | null;
    purpose: LedgerEntry["purpose"];
    state: LedgerEntry["outcome"] | "reserved" | "sending";
    over: boolean;
    basis: LedgerEntry["basis"];
    by_rule: boolean | null;
    problem: string | null;
    price_credits: number;
    upstream_request_id: string | null;
    http_status: number | null;
    latency_ms: number | null;
    row_count: number | null;
  };

export type Cursor = { at: string; id: string };

/** Requests that the reader may see one by one, newest first: so many and one more. */
export const entriesSql = (
  { ctx, filter, settings }: UsageScope,
  before: Cursor | null,
  most = PAGE,
): Prisma.Sql => Prisma.sql`
  select r.id, r.reserved_at, (r.reserved_at at time zone 'UTC')::text || '+00' as at_text, r.upstream, r.member_id, u.name as member_name,
    r.by_share, k.name as token_name, coalesce(r.search_id, r.watchlist_id) as kept_id,
    case when coalesce(q.shared, w.shared) or coalesce(q.member_id, w.member_id) = ${ctx.member.id}::uuid
      then coalesce(q.name, w.name) end as kept_name, r.purpose, r.region, r."window", r.category_id, c.name as category_name, r.q, r.page, r.state,
    coalesce(r.lease_until <= clock_timestamp(), false) as over, r.basis,
    r.basis = 'assumed' and r.reason = 'team_rule' as by_rule, r.problem, r.price_credits,
    r.upstream_request_id, r.http_status, s.row_count,
    case when r.http_status is not null or r.state = 'charged'
      then round(extract(epoch from first.at - r.sent_at) * 1000)::int end as latency_ms
  from credit_request r
    join membership m on m.team_id = r.team_id and m.id = r.member_id
    join user_account u on u.id = m.user_id
    left join api_token k on k.team_id = r.team_id and k.id = r.token_id
    left join category c on c.team_id = r.team_id and c.upstream = r.upstream and c.id = r.category_id
    left join saved_search q on q.team_id = r.team_id and q.id = r.search_id
    left join watchlist w on w.team_id = r.team_id and w.id = r.watchlist_id
    left join snapshot s on s.team_id = r.team_id and s.request_id = r.id
    -- The answer's own end: a later correction by hand is no part of how long the provider took.
    left join lateral (
      select e.at from credit_event e
      where e.team_id = r.team_id and e.request_id = r.id and e.kind in ('charged', 'not_charged', 'unsettled')
      order by e.seq limit 1) first on true
  where ${requestConditions(ctx, filter, settings)}
    ${before ? Prisma.sql`and (r.reserved_at, r.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : Prisma.empty}
  order by r.reserved_at desc, r.id desc limit ${most + 1}`;

/** What a reader is told: a request whose lease ran out is what the sweeper will make of it. */
function outcomeOf({ state, over }: Pick<EntryRow, "state" | "over">): LedgerEntry["outcome"] {
  if (state === "sending") return over ? "unsettled" : "held";
  if (state === "reserved") return over ? "released" : "held";
  return state;
}

const toQuery = (row: Question): LedgerEntry["query"] => ({
  region: row.region,
  window: row.window,
  category: row.category_id || null,
  categoryName: row.category_name,
  q: row.q || null,
  page: row.page,
});

export function toEntry(row: EntryRow): LedgerEntry {
  const outcome = outcomeOf(row);
  return {
    id: row.id,
    at: row.reserved_at.toISOString(),
    upstream: row.upstream,
    member: { id: row.member_id, name: row.member_name },
    paidBy: row.by_share ? "share" : "member",
    tokenName: row.token_name,
    keptFor: row.kept_id === null ? null : { id: row.kept_id, name: row.kept_name },
    purpose: row.purpose,
    query: toQuery(row),
    outcome,
    basis: row.basis,
    byRule: row.by_rule === true,
    problem: row.problem,
    credits: outcome === "not_charged" || outcome === "released" ? 0 : row.price_credits,
    upstreamRequestId: row.upstream_request_id,
    httpStatus: row.http_status,
    latencyMs: row.latency_ms,
    rowCount: row.row_count,
  };
}

export type ServedRow = Question &
  Place & {
    at: Date;
    member_id: string;
    member_name: string;
    token_name: string | null;
    source: ServedEntry["source"];
    request_id: string;
    buyer_id: string;
    buyer_name: string;
    problem: string | null;
    row_count: number | null;
  };

/** Answers that cost nothing and that the reader may see one by one, newest first: one page and one more. */
export function servedSql({ ctx, filter, settings }: UsageScope, before: Cursor | null): Prisma.Sql {
  const { from, to, member, region, token } = filter;
  const zone = ctx.team.timeZone;
  const onlyOwn = usageView(ctx, settings) !== "all";
  return Prisma.sql`
    select x.id, x.at, (x.at at time zone 'UTC')::text || '+00' as at_text, x.member_id, u.name as member_name, k.name as token_name, x.source,
      r.id as request_id, r.member_id as buyer_id, b.name as buyer_name, r.problem, r.region, r."window", r.category_id,
      c.name as category_name, r.q, r.page, coalesce(s.row_count, j.row_count) as row_count
    from served_answer x
      left join snapshot s on s.team_id = x.team_id and s.id = x.snapshot_id
      -- Row-level security holds a coalesce back from an index; a column of its own, which this makes of it, it does not.
      cross join lateral (select coalesce(x.request_id, s.request_id) as id offset 0) o
      join credit_request r on r.team_id = x.team_id and r.id = o.id
      left join snapshot j on j.team_id = r.team_id and j.request_id = r.id
      join membership m on m.team_id = x.team_id and m.id = x.member_id
      join user_account u on u.id = m.user_id
      join membership bm on bm.team_id = r.team_id and bm.id = r.member_id
      join user_account b on b.id = bm.user_id
      left join api_token k on k.team_id = x.team_id and k.id = x.token_id
      left join category c on c.team_id = r.team_id and c.upstream = r.upstream and c.id = r.category_id
    where x.team_id = ${ctx.team.id}::uuid and x.source <> 'bought' and r.upstream = ${ctx.team.upstream ?? ""}
      ${onlyOwn ? Prisma.sql`and x.member_id = ${ctx.member.id}::uuid` : Prisma.empty}
      ${from ? Prisma.sql`and x.at >= (${from}::date)::timestamp at time zone ${zone}` : Prisma.empty}
      ${to ? Prisma.sql`and x.at < (${to}::date + 1)::timestamp at time zone ${zone}` : Prisma.empty}
      ${member ? Prisma.sql`and ${servedTo(member)}` : Prisma.empty}
      ${region ? Prisma.sql`and r.region = ${region}` : Prisma.empty}
      ${token ? Prisma.sql`and x.token_id = ${token}::uuid` : Prisma.empty}
      ${before ? Prisma.sql`and (x.at, x.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : Prisma.empty}
    order by x.at desc, x.id desc limit ${PAGE + 1}`;
}

export const toServed = ({ ctx, settings }: UsageScope, row: ServedRow): ServedEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  member: { id: row.member_id, name: row.member_name },
  tokenName: row.token_name,
  query: toQuery(row),
  source: row.source,
  boughtBy: usageView(ctx, settings) === "all" || row.buyer_id === ctx.member.id ? row.buyer_name : null,
  requestId: row.request_id,
  problem: row.problem,
  rowCount: row.row_count,
});

export const writeCursor = (row: Place) => Buffer.from(`${row.at_text}|${row.id}`).toString("base64url");

/** @throws `invalid_request` at `cursor` for anything that `writeCursor` did not write. */
export function readCursor(cursor: string): Cursor {
  const [at, id] = Buffer.from(cursor, "base64url").toString("utf8").split("|");
  const known =
    at && id && /^[0-9a-f-]{36}$/.test(id) && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/.test(at);
  if (!known) throw invalid("cursor", "cursor_unknown");
  return { at, id };
}
