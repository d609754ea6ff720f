import "server-only";
import { ROWS_DIGEST } from "@/lib/credits/rows-digest";
import type { Tx } from "@/lib/platform/db";

/**
 * Notes of a renewal that has ended, when everything that it bought equals the answer before it, since which answer that is
 * so: as far back as the renewals before it found nothing new either. Nothing where a question was new.
 */
export async function noteUnchanged(tx: Tx, teamId: string, runId: string): Promise<void> {
  await tx.$executeRaw`
    with pair as (
      select s.id, s.total, b.id as before_id, b.total as before_total, b.fetched_at as before_at
      from run_step st join snapshot s on s.team_id = st.team_id and s.id = st.snapshot_id
        left join lateral (select p.id, p.total, p.fetched_at from snapshot p where p.team_id = s.team_id
          and p.question_key = s.question_key and p.sent_at < s.sent_at order by p.sent_at desc limit 1) b on true
      where st.team_id = ${teamId}::uuid and st.run_id = ${runId}::uuid and st.state = 'bought'),
    digest as (
      select w.snapshot_id, ${ROWS_DIGEST} as rows from ranking_row w
      where w.team_id = ${teamId}::uuid and w.snapshot_id in (select id from pair union select before_id from pair)
      group by w.snapshot_id),
    equal as (
      select min(p.before_at) as since from pair p left join digest d on d.snapshot_id = p.id
        left join digest e on e.snapshot_id = p.before_id
      having bool_and(p.before_id is not null and p.total is not distinct from p.before_total
        and d.rows is not distinct from e.rows))
    update schedule_slot s set unchanged_since = coalesce((
        select o.unchanged_since from schedule_slot o
        where o.team_id = s.team_id and o.schedule_id = s.schedule_id and o.due_at < s.due_at and o.outcome = 'renewed'
          and o.ended_at >= equal.since
        order by o.due_at desc limit 1), equal.since)
    from equal where s.team_id = ${teamId}::uuid and s.run_id = ${runId}::uuid`;
}
