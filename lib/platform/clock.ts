import "server-only";
import { db, type Tx } from "./db";
import { readOnce } from "./read-once";

/**
 * The application's now: the real clock plus the offset that only the demo and tests may set. Dates, ages and
 * periods use it; leases, rates and sessions use the real clock.
 */
export async function appNow(tx: Pick<Tx, "$queryRaw"> = db()): Promise<Date> {
  const rows = await readOnce(tx, "now", () => tx.$queryRaw<{ now: Date }[]>`select app_now() as now`);
  return rows[0]?.now ?? new Date();
}
