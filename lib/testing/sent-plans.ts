import type { Pool } from "pg";
import { statementsOf } from "./sent-statements";

/** PostgreSQL's plan of each statement that a verb sends, for a team and as the role of the pool. */
export async function sentPlans(pool: Pool, teamId: string, read: () => Promise<unknown>): Promise<string[]> {
  const sent = await statementsOf(read);
  const client = await pool.connect();
  await client.query("select set_config('app.team', $1, false)", [teamId]);
  const plans: string[] = [];
  for (const { text, values } of sent) {
    const { rows } = await client.query({ text: `explain ${text}`, values });
    plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
  }
  await client.query("select set_config('app.team', '', false)");
  client.release();
  return plans;
}
