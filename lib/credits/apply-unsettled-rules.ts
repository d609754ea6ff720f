import "server-only";
import { ledgerPool } from "@/lib/platform/db";

const MOST_AT_ONCE = 500;

/**
 * Settles what each team's own rule says about requests that stayed unsettled for its hours, in all teams, as assumed.
 * Several workers may do it at once; each request is settled once. @returns how many became what.
 */
export async function applyUnsettledRules(): Promise<{ charged: number; not_charged: number }> {
  const settled = { charged: 0, not_charged: 0 };
  const { rows } = await ledgerPool().query<{ team_id: string; id: string }>("select * from credits_rule_due($1)", [
    MOST_AT_ONCE,
  ]);
  for (const { team_id, id } of rows) {
    const result = await ledgerPool().query<{ state: "charged" | "not_charged" | null }>(
      "select credits_settle_by_rule($1::uuid, $2::uuid) as state",
      [team_id, id],
    );
    const state = result.rows[0]?.state;
    if (state) settled[state] += 1;
  }
  return settled;
}
