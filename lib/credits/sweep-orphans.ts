import "server-only";
import { ledgerPool } from "@/lib/platform/db";

const MOST_AT_ONCE = 500;

/**
 * Ends requests whose buyer is gone (their lease ran out), in all teams: unsent ones are released, sent ones become
 * unsettled. @returns how many ended as what.
 */
export async function sweepOrphans(): Promise<{ released: number; unsettled: number }> {
  const ended = { released: 0, unsettled: 0 };
  const { rows } = await ledgerPool().query<{ team_id: string; id: string }>("select * from credits_expired($1)", [
    MOST_AT_ONCE,
  ]);
  for (const { team_id, id } of rows) {
    const result = await ledgerPool().query<{ state: "released" | "unsettled" | null }>(
      "select credits_expire($1::uuid, $2::uuid) as state",
      [team_id, id],
    );
    const state = result.rows[0]?.state;
    if (state) ended[state] += 1;
  }
  return ended;
}
