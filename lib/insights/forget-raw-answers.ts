import "server-only";
import { audit, system } from "@/lib/auth/audit";
import { asTeam } from "@/lib/auth/context";
import { db } from "@/lib/platform/db";

/** Small enough that nobody waits for a batch. */
const BATCH = 500;

/**
 * Forgets the raw answers that each team's own setting no longer keeps; rows, receipts and a fingerprint stay. Several
 * processes may do so at once. One audit entry a team and run. @returns what was forgotten, in all teams.
 */
export async function forgetRawAnswers(): Promise<{ answers: number; bytes: number }> {
  const all = { answers: 0, bytes: 0 };
  const teams = await db().$queryRaw<{ id: string }[]>`select x as id from teams_with_raw_retention() x`;
  for (const { id } of teams) {
    const { answers, bytes } = await forgetOfTeam(id);
    all.answers += answers;
    all.bytes += bytes;
  }
  return all;
}

async function forgetOfTeam(teamId: string): Promise<{ answers: number; bytes: number }> {
  const done = { answers: 0, bytes: 0 };
  try {
    for (let last = BATCH; last === BATCH; ) {
      const batch = await asTeam(
        teamId,
        (tx) => tx.$queryRaw<{ answers: number; bytes: bigint }[]>`
          select answers, bytes from forget_raw_answers(${teamId}::uuid, ${BATCH}::int)`,
      );
      last = batch[0]?.answers ?? 0;
      done.answers += last;
      done.bytes += Number(batch[0]?.bytes ?? 0);
    }
  } finally {
    // Also when a later batch failed: what is gone by then is told.
    if (done.answers > 0) await asTeam(teamId, (tx) => audit(tx, system(teamId), "raw_answers.forgotten", done));
  }
  return done;
}
