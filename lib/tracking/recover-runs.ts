import "server-only";
import { db } from "@/lib/platform/db";
import { sendAgain } from "@/lib/platform/queue";

const MOST_AT_ONCE = 100;

/** Puts runs that nobody is at into the queue again, in all teams: what a killed worker left goes on from there. */
export async function recoverRuns(): Promise<number> {
  const rows = await db().$queryRaw<{ team_id: string; id: string }[]>`
    select team_id, id from runs_waiting(${MOST_AT_ONCE}::int)`;
  for (const { team_id, id } of rows) await sendAgain("run", id, { teamId: team_id, runId: id });
  return rows.length;
}
