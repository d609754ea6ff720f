import "server-only";
import { notify } from "@/lib/notifications/notify";
import { SKIP_REASONS } from "@/lib/notifications/schemas";
import type { Tx } from "@/lib/platform/db";

type Row = { name: string; memberId: string; upstream: string; periodStart: string };

/**
 * Tells a schedule's owner and the admins that it was skipped for a reason that somebody can mend: each of them once for
 * a reason and credit period, for all schedules together.
 */
export async function tellSkipped(
  tx: Tx,
  { teamId, scheduleId }: { teamId: string; scheduleId: string },
  given: string,
): Promise<void> {
  const reason = SKIP_REASONS.find((one) => one === given);
  if (!reason) return;
  const [row] = await tx.$queryRaw<Row[]>`
    select coalesce(q.name, w.name, '') as name, s.member_id as "memberId", s.upstream, p.start::text as "periodStart"
    from schedule s
      left join saved_search q on q.team_id = s.team_id and q.id = s.search_id and q.shared
      left join watchlist w on w.team_id = s.team_id and w.id = s.watchlist_id and w.shared
      cross join lateral credit_period(s.team_id, app_now()) p
    where s.team_id = ${teamId}::uuid and s.id = ${scheduleId}::uuid`;
  if (!row) return;
  await notify(tx, teamId, {
    kind: "schedule_skipped",
    to: { memberIds: [row.memberId], admins: true },
    facts: { scheduleId, scheduleName: row.name, reason },
    link: "/schedules",
    dedupe: `schedule_skipped/${row.upstream}/${reason}/${row.periodStart}`,
  });
}
