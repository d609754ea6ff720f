import "server-only";
import { asTeam } from "@/lib/auth/context";
import { SKIP_REASONS } from "@/lib/notifications/schemas";
import { db } from "@/lib/platform/db";
import { sendAgain } from "@/lib/platform/queue";
import { noteUnchanged } from "./note-unchanged";
import { replanSchedules } from "./replan-schedules";
import { slotJob } from "./slot-job";
import { tellSkipped } from "./tell-skipped";

const MOST_AT_ONCE = 200;

type Waiting = { team_id: string; schedule_id: string; due_at: Date; run_id: string | null };

/**
 * Goes on with moments, in all teams, that a killed worker left: those without a run are put into the queue again, those
 * whose run has ended get their outcome.
 */
export async function recoverSlots(): Promise<void> {
  const rows = await db().$queryRaw<Waiting[]>`select * from schedule_slots_waiting(${MOST_AT_ONCE}::int)`;
  for (const { team_id: teamId, schedule_id: scheduleId, due_at: dueAt, run_id: runId } of rows) {
    if (runId) await closeSlotOf(teamId, runId);
    else {
      const { key, data } = slotJob({ teamId, scheduleId, dueAt });
      await sendAgain("schedule", key, data);
    }
  }
}

/** The outcome of the moment that a run was for, once that run has ended; for other runs nothing. */
export async function closeSlotOf(teamId: string, runId: string): Promise<void> {
  const isClosed = await asTeam(teamId, async (tx) => {
    const closed = await tx.$queryRaw<{ scheduleId: string; outcome: string; reason: string | null }[]>`
      update schedule_slot s set ended_at = app_now(), credits = x.credits, reason = r.problem,
        outcome = case
          when r.state = 'done' then case when x.credits > 0 then 'renewed' else 'fresh' end
          when r.state = 'stopped' then 'stopped'
          when x.served > 0 then 'partial'
          when x.credits = 0 and r.problem = any(${SKIP_REASONS}::text[]) then 'skipped'
          else 'failed' end
      from run r cross join lateral (
        select coalesce(sum(st.credits), 0)::int as credits,
          count(*) filter (where st.state in ('bought', 'stored', 'shared')) as served
        from run_step st where st.team_id = r.team_id and st.run_id = r.id) x
      where s.team_id = ${teamId}::uuid and s.run_id = ${runId}::uuid and s.ended_at is null
        and r.team_id = s.team_id and r.id = s.run_id and r.state in ('done', 'stopped', 'failed')
      returning s.schedule_id as "scheduleId", s.outcome, s.reason`;
    if (closed.some(({ outcome }) => outcome === "renewed")) await noteUnchanged(tx, teamId, runId);
    for (const { scheduleId, outcome, reason } of closed) {
      if (outcome !== "fresh" && outcome !== "renewed" && reason) await tellSkipped(tx, { teamId, scheduleId }, reason);
    }
    return closed.length > 0;
  });
  if (isClosed) await replanSchedules(teamId);
}
