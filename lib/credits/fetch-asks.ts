import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { sha256Hex } from "@/lib/platform/crypto";
import type { Tx } from "@/lib/platform/db";
import type { PastPeriod } from "./fetch-periods";
import type { BoughtFacts } from "./find-waste";
import type { PastAsk } from "./replay-asks";
import { ROWS_DIGEST } from "./rows-digest";
import { OPENED_WITHIN_DAYS } from "./savings-schemas";

export type PeriodAsks = {
  asks: PastAsk[];
  /** When the newest answer to each question was fetched before the period. */
  stored: Map<string, number>;
  facts: Map<string, BoughtFacts>;
};

/** Above it, replaying a period takes longer than a page may. */
const MOST_ASKS = 50_000;

type Row = {
  id: string;
  at: number;
  question_key: string;
  member_id: string;
  by_share: boolean;
  kept_for: string | null;
  schedule_id: string | null;
  input_hash: string;
  source: PastAsk["cameOf"];
  joined: string | null;
  credits: number;
  price_credits: number;
  fetched_at: number | null;
};
type FactRow = { id: string; is_key_test: boolean; opened: boolean | null; equals_before: boolean };

/**
 * Every answered ask of a period with what came of it, in the order of time, in the caller's transaction. Null when
 * there are too many to replay while somebody waits.
 */
export async function fetchAsks(tx: Tx, ctx: TeamContext, period: PastPeriod): Promise<PeriodAsks | null> {
  const { id: teamId, timeZone, freshnessMinutes } = ctx.team;
  const upstream = ctx.team.upstream ?? "";
  const [size] = await tx.$queryRaw<{ asks: number }[]>`
    select count(*)::int as asks from (
      select 1 from credit_request r where r.team_id = ${teamId}::uuid and r.upstream = ${upstream}
        and r.period_start = ${period.start}::date limit ${MOST_ASKS}) as first_ones`;
  if (size?.asks === MOST_ASKS) return null;
  const rows = await tx.$queryRaw<Row[]>`
    select r.id, extract(epoch from r.reserved_at)::float8 * 1000 as at, r.question_key, r.member_id, r.by_share,
      coalesce(r.search_id, r.watchlist_id) as kept_for, r.schedule_id, r.input_hash, 'bought' as source, null::uuid as joined,
      case when r.state = 'charged' then r.price_credits else 0 end as credits, r.price_credits,
      extract(epoch from s.fetched_at)::float8 * 1000 as fetched_at
    from credit_request r left join snapshot s on s.team_id = r.team_id and s.request_id = r.id
    where r.team_id = ${teamId}::uuid and r.upstream = ${upstream} and r.period_start = ${period.start}::date
    union all
    select x.id, extract(epoch from x.at)::float8 * 1000, x.question_key, x.member_id, false, null, null, x.input_hash, x.source,
      case when x.source = 'shared' then r.id end, 0, r.price_credits, extract(epoch from s.fetched_at)::float8 * 1000
    from served_answer x
      left join snapshot s on s.team_id = x.team_id and s.id = x.snapshot_id
      join credit_request r on r.team_id = x.team_id and r.id = coalesce(x.request_id, s.request_id)
    where x.team_id = ${teamId}::uuid and x.source <> 'bought' and r.upstream = ${upstream}
      and x.at >= (${period.start}::date)::timestamp at time zone ${timeZone}
      and x.at < (${period.last}::date + 1)::timestamp at time zone ${timeZone}
    limit ${MOST_ASKS + 1}`;
  if (rows.length > MOST_ASKS) return null;
  const asks = rows.map((row) => toAsk(row, freshnessMinutes)).sort(inTime);
  const stored = await tx.$queryRaw<{ question_key: string; fetched_at: number }[]>`
    select k.question_key, extract(epoch from b.fetched_at)::float8 * 1000 as fetched_at
    from unnest(${[...new Set(asks.map(({ questionKey }) => questionKey))]}::text[]) as k(question_key)
      cross join lateral (
        select s.fetched_at from snapshot s join credit_request r on r.team_id = s.team_id and r.id = s.request_id
        where s.team_id = ${teamId}::uuid and s.question_key = k.question_key and r.period_start < ${period.start}::date
        order by s.sent_at desc limit 1) b`;
  return {
    asks,
    stored: new Map(stored.map(({ question_key, fetched_at }) => [question_key, fetched_at])),
    facts: new Map((await fetchFacts(tx, ctx, period)).map(toFacts)),
  };
}

/**
 * Of each readable answer that was charged: whether it was opened, and whether it repeats the one before. A digest of
 * the rows stands for them; the place of a missing figure counts too.
 */
const fetchFacts = (tx: Tx, ctx: TeamContext, period: PastPeriod) => tx.$queryRaw<FactRow[]>`
  with answer as (
    select r.id, r.purpose, s.id as snapshot_id, s.question_key, s.fetched_at, s.total, b.id as before_id,
      b.total as before_total,
      exists (select 1 from snapshot n where n.team_id = s.team_id and n.question_key = s.question_key
        and n.sent_at > s.sent_at) as is_replaced
    from credit_request r join snapshot s on s.team_id = r.team_id and s.request_id = r.id
      left join lateral (select p.id, p.total from snapshot p where p.team_id = s.team_id
        and p.question_key = s.question_key and p.sent_at < s.sent_at order by p.sent_at desc limit 1) b on true
    where r.team_id = ${ctx.team.id}::uuid and r.upstream = ${ctx.team.upstream ?? ""}
      and r.period_start = ${period.start}::date and r.state = 'charged'),
  digest as (
    select w.snapshot_id, ${ROWS_DIGEST} as rows
    from ranking_row w
    where w.team_id = ${ctx.team.id}::uuid
      and w.snapshot_id in (select snapshot_id from answer union select before_id from answer)
    group by w.snapshot_id)
  select a.id, a.purpose = 'key_test' as is_key_test,
    case when a.purpose = 'api'
        or exists (select 1 from answer_opened o where o.team_id = ${ctx.team.id}::uuid and o.request_id = a.id)
        or exists (select 1 from served_answer x where x.team_id = ${ctx.team.id}::uuid and x.source = 'stored'
          and x.snapshot_id = a.snapshot_id)
        or exists (select 1 from served_answer x where x.team_id = ${ctx.team.id}::uuid and x.source = 'shared'
          and x.request_id = a.id) then true
      when a.fetched_at < t.opened_since then null
      when a.is_replaced or a.fetched_at < app_now() - ${OPENED_WITHIN_DAYS}::int * interval '1 day' then false end as opened,
    a.before_id is not null and a.total is not distinct from a.before_total
      and d.rows is not distinct from e.rows as equals_before
  from answer a join team t on t.id = ${ctx.team.id}::uuid
    left join digest d on d.snapshot_id = a.snapshot_id left join digest e on e.snapshot_id = a.before_id`;

const toFacts = (row: FactRow): [string, BoughtFacts] => [
  row.id,
  { isKeyTest: row.is_key_test, opened: row.opened, equalsBefore: row.equals_before },
];

function toAsk(row: Row, freshnessMinutes: number): PastAsk {
  const accepted = acceptedOf(row, freshnessMinutes);
  return {
    id: row.id,
    at: row.at,
    questionKey: row.question_key,
    memberId: row.member_id,
    byShare: row.by_share,
    keptFor: row.kept_for,
    scheduleId: row.schedule_id,
    byDefault: accepted === "default",
    acceptedMs: accepted === "anew" ? 0 : null,
    cameOf: row.source,
    joined: row.joined,
    credits: row.credits,
    priceCredits: row.price_credits,
    fetchedAt: row.fetched_at,
  };
}

/** The ledger keeps no accepted age but a hash over it: that of the team's setting and of "anew" can be told. */
function acceptedOf({ question_key, input_hash }: Row, freshnessMinutes: number): "default" | "anew" | null {
  const is = (minutes: number | null) => sha256Hex(JSON.stringify([question_key, minutes])) === input_hash;
  if (is(0)) return "anew";
  return is(null) || is(freshnessMinutes) ? "default" : null;
}

/** A joined request stands before those who joined it, also at the same instant. */
const inTime = (a: PastAsk, b: PastAsk) =>
  a.at - b.at || Number(a.cameOf !== "bought") - Number(b.cameOf !== "bought") || (a.id < b.id ? -1 : 1);
