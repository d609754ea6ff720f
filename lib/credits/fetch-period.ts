import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";
import type { CreditPeriod } from "./schemas";

/** The running period with its counter, the period before it, and how much of today is over (0 to 1). */
export type RunningPeriod = CreditPeriod & {
  today: string;
  dayShare: number;
  previous: { from: string; to: string };
};

type Row = {
  start: string;
  last: string;
  resets_at: Date;
  today: string;
  day_share: number;
  previous_start: string;
  previous_last: string;
  limit_credits: number | null;
  spent: number;
  held: number;
  unsettled: number;
};

/**
 * The team's running period within the caller's transaction, in one statement and without reading a request: sums are
 * the counter's, which is also what the limit is checked against.
 */
export async function fetchPeriod(tx: Tx, ctx: TeamContext): Promise<RunningPeriod> {
  const { id, timeZone } = ctx.team;
  const upstream = ctx.team.upstream ?? "";
  const [row] = await tx.$queryRaw<Row[]>`
    select p.start::text, p.last::text, p.resets_at, n.local::date::text as today,
      (extract(epoch from n.local::time) / 86400)::float8 as day_share,
      before.start::text as previous_start, before.last::text as previous_last,
      coalesce(c.spent, 0) as spent, coalesce(c.held, 0) as held, coalesce(c.unsettled, 0) as unsettled,
      case when c.team_id is not null then c.limit_credits
        else credit_effective_limit(${id}::uuid, ${upstream}, p.start, 'team', ${id}::uuid) end as limit_credits
    from (select app_now() as now, app_now() at time zone ${timeZone} as local) n
      cross join lateral credit_period(${id}::uuid, n.now) p
      cross join lateral credit_period(${id}::uuid, (p.start - 1)::timestamp at time zone ${timeZone}) before
      left join credit_counter c on c.team_id = ${id}::uuid and c.upstream = ${upstream}
        and c.period_start = p.start and c.scope = 'team' and c.subject_id = ${id}::uuid`;
  if (!row) throw new Error("The credit period could not be read");
  const held = row.held + row.unsettled;
  return {
    from: row.start,
    to: row.last,
    resetsAt: row.resets_at.toISOString(),
    spent: row.spent,
    held,
    unsettled: row.unsettled,
    limit: row.limit_credits,
    left: row.limit_credits === null ? null : Math.max(0, row.limit_credits - row.spent - held),
    today: row.today,
    dayShare: row.day_share,
    previous: { from: row.previous_start, to: row.previous_last },
  };
}
