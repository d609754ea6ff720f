import "server-only";
import { randomUUID } from "node:crypto";
import type { TeamContextFacts } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import { AppError, invalid } from "@/lib/platform/errors";
import { type Doubt, expectedAfter, type Span } from "./reconcile";
import type { BalanceEntry, BalanceNow } from "./schemas";

const MOST_ENTRIES = 50;

type Facts = Pick<TeamContextFacts, "team" | "member">;
type Row = {
  id: string;
  kind: BalanceEntry["kind"];
  credits: number;
  note: string | null;
  at: Date;
  by_id: string;
  by_name: string;
  key_id: string;
  last_four: string;
};

/** The key that the team's upstream is asked with now. */
export async function fetchKeyInUse(tx: Tx, { team }: Facts) {
  if (!team.upstream) return null;
  return tx.teamKey.findFirst({
    where: { teamId: team.id, upstream: team.upstream, endedAt: null },
    select: { id: true, lastFour: true, createdAt: true },
  });
}

/** Appends what a person typed, for the key in use. @throws `key_missing`; `invalid_request` for a moment to come */
export async function addBalance(
  tx: Tx,
  facts: Facts,
  input: { kind: BalanceEntry["kind"]; credits: number; note?: string | null | undefined; at?: string | undefined },
): Promise<BalanceEntry> {
  const key = await fetchKeyInUse(tx, facts);
  if (!key) throw new AppError("key_missing");
  const { team, member } = facts;
  // The moment to the microsecond, as the database knows it: requests are compared with it by their own.
  const [added] = await tx.$queryRaw<{ id: string; at: Date }[]>`
    insert into key_balance (team_id, id, upstream, key_id, kind, credits, note, by_member_id, at)
    select ${team.id}::uuid, ${randomUUID()}::uuid, ${team.upstream}, ${key.id}::uuid, ${input.kind}, ${input.credits}::int,
      ${input.note ?? null}, ${member.id}::uuid, coalesce(${input.at ?? null}::timestamptz, n.now)
    from (select app_now() as now) n where coalesce(${input.at ?? null}::timestamptz, n.now) <= n.now
    returning id, at`;
  if (!added) throw invalid("at", "moment_future");
  return {
    id: added.id,
    kind: input.kind,
    credits: input.credits,
    note: input.note ?? null,
    at: added.at.toISOString(),
    by: { id: member.id, name: member.name },
    key: { id: key.id, lastFour: key.lastFour },
  };
}

/** The newest entries of every key version of the team's upstream, newest first. */
export async function fetchEntries(tx: Tx, { team }: Facts): Promise<BalanceEntry[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select b.id, b.kind, b.credits, b.note, b.at, b.by_member_id as by_id, u.name as by_name, b.key_id, k.last_four
    from key_balance b
      join team_key k on k.team_id = b.team_id and k.id = b.key_id
      join membership m on m.team_id = b.team_id and m.id = b.by_member_id
      join user_account u on u.id = m.user_id
    where b.team_id = ${team.id}::uuid and b.upstream = ${team.upstream ?? ""}
    order by b.at desc, b.id desc limit ${MOST_ENTRIES}`;
  return rows.map(({ id, kind, credits, note, at, by_id, by_name, key_id, last_four }) => ({
    id,
    kind,
    credits,
    note,
    at: at.toISOString(),
    by: { id: by_id, name: by_name },
    key: { id: key_id, lastFour: last_four },
  }));
}

type Stated = { before: number; since: Date; by_name: string; span: Span };

/**
 * What lies between the statements of each key: by the id of the statement that ends it, and under `now` what came
 * after the newest one of the key in use. Requests count by when they were sent.
 */
export async function fetchSpans(
  tx: Tx,
  { team }: Facts,
  which: { keyInUse: string | null; onlyNow: boolean },
): Promise<Map<string, Stated>> {
  const rows = await tx.$queryRaw<
    {
      id: string;
      before: number;
      since: Date;
      by_name: string;
      charged: bigint;
      top_ups: bigint;
      doubts: Doubt[];
    }[]
  >`
    with stated as (
      select b.id, b.key_id, b.at, b.credits, b.by_member_id, lag(b.at) over w as since, lag(b.credits) over w as before,
        lead(b.at) over w is null as newest
      from key_balance b
      where b.team_id = ${team.id}::uuid and b.upstream = ${team.upstream ?? ""} and b.kind = 'stated'
      window w as (partition by b.key_id order by b.at, b.id)),
    span as (
      select id::text, key_id, by_member_id, before, since, at as until from stated
        where since is not null and not ${which.onlyNow}::boolean order by at desc limit ${MOST_ENTRIES}),
    wanted as (
      select * from span
      union all
      select 'now', key_id, by_member_id, credits, at, 'infinity' from stated
        where newest and key_id = ${which.keyInUse}::uuid)
    select s.id, s.before, s.since, u.name as by_name, spent.charged, added.top_ups, spent.doubts
    from wanted s
      join membership m on m.team_id = ${team.id}::uuid and m.id = s.by_member_id
      join user_account u on u.id = m.user_id
      cross join lateral (
        select coalesce(sum(r.price_credits) filter (where r.state = 'charged'), 0) as charged,
          coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'credits', r.price_credits, 'kind', ${KIND})
            order by r.state = 'sending', r.sent_at) filter (where ${DOUBTFUL}), '[]') as doubts
        from credit_request r
        where r.team_id = ${team.id}::uuid and r.key_id = s.key_id and r.sent_at > s.since and r.sent_at <= s.until) spent
      cross join lateral (
        select coalesce(sum(t.credits), 0) as top_ups from key_balance t
        where t.team_id = ${team.id}::uuid and t.key_id = s.key_id and t.kind = 'top_up' and t.at > s.since
          and t.at <= s.until) added`;
  return new Map(
    rows.map(({ id, before, since, by_name, charged, top_ups, doubts }) => [
      id,
      { before, since, by_name, span: { charged: Number(charged), topUps: Number(top_ups), doubts } },
    ]),
  );
}

/** The newest statement of the key in use, and what its account should hold by now. */
export const toBalanceNow = ({ before, since, by_name, span }: Stated): BalanceNow => ({
  stated: before,
  at: since.toISOString(),
  by: by_name,
  expected: expectedAfter(before, span),
});

const DOUBTFUL = Prisma.sql`r.state in ('unsettled', 'sending')
  or (r.basis = 'assumed' and r.state in ('charged', 'not_charged'))`;
const KIND = Prisma.sql`case r.state when 'charged' then 'assumed_charged' when 'not_charged' then 'assumed_free' else 'open' end`;
