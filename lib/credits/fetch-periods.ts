import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Tx } from "@/lib/platform/db";

export type PastPeriod = { start: string; last: string; is_running: boolean };

/** The running period and those before it in which credits counted, newest first, within the caller's transaction. */
export async function fetchPeriods(tx: Tx, ctx: TeamContext): Promise<PastPeriod[]> {
  const { id, timeZone, upstream } = ctx.team;
  return tx.$queryRaw<PastPeriod[]>`
    select p.start::text, p.last::text, p.start = running.start as is_running
    from credit_period(${id}::uuid, app_now()) running
      cross join lateral (
        select running.start as day
        union
        select c.period_start from credit_counter c
        where c.team_id = ${id}::uuid and c.upstream = ${upstream ?? ""} and c.scope = 'team'
          and c.period_start <= running.start) known
      cross join lateral credit_period(${id}::uuid, (known.day + interval '12 hours') at time zone ${timeZone}) p
    order by p.start desc`;
}
