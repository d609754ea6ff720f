import "server-only";
import { type TeamContext, withTeamAlone } from "@/lib/auth/context";
import { ROWS_DIGEST } from "@/lib/credits/rows-digest";
import { appNow } from "@/lib/platform/clock";
import { offsetMs } from "./next-slot";
import type { SourceHoursShown } from "./schemas";
import { type AnswerPair, estimateSourceHours, onClock } from "./source-hours";

/** The newest answers that are looked through for such that came less than a day after the one before. */
const MOST_ANSWERS = 2000;
const MOST_PAIRS = 300;

/**
 * At which hours of the team's day the provider's data usually changes, learned from the stored answers of 60 days. Months
 * of the calendar are left out: once they are closed they change no more.
 */
export async function readSourceHours(ctx: TeamContext): Promise<SourceHoursShown> {
  return withTeamAlone(ctx, "tracking:read", async (tx) => {
    const { id: teamId, timeZone } = ctx.team;
    const pairs = await tx.$queryRaw<AnswerPair[]>`
      with pair as (
        select s.id, s.total, s.fetched_at, b.id as before_id, b.total as before_total, b.fetched_at as before_at
        from (select * from snapshot where team_id = ${teamId}::uuid and upstream = ${ctx.team.upstream ?? ""}
            and "window" not like '____-__' and fetched_at > app_now() - interval '60 days'
            order by fetched_at desc limit ${MOST_ANSWERS}) s
          cross join lateral (select p.id, p.total, p.fetched_at from snapshot p where p.team_id = s.team_id
            and p.question_key = s.question_key and p.sent_at < s.sent_at order by p.sent_at desc limit 1) b
        where s.fetched_at < b.fetched_at + interval '24 hours'
        order by s.fetched_at desc limit ${MOST_PAIRS}),
      digest as (
        select w.snapshot_id, ${ROWS_DIGEST} as rows from ranking_row w
        where w.team_id = ${teamId}::uuid and w.snapshot_id in (select id from pair union select before_id from pair)
        group by w.snapshot_id)
      select p.before_at as "from", p.fetched_at as "to",
        p.total is distinct from p.before_total or d.rows is distinct from e.rows as changed
      from pair p left join digest d on d.snapshot_id = p.id left join digest e on e.snapshot_id = p.before_id`;
    const hours = estimateSourceHours(pairs);
    return hours && onClock(hours, offsetMs((await appNow(tx)).getTime(), timeZone) / 60_000);
  });
}
