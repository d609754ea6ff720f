import "server-only";
import { db } from "@/lib/platform/db";
import type { Family } from "@/lib/platform/metrics";

/** Credits of all teams and processes, as the ledger's counters have them now. */
export async function readCreditTotals(): Promise<Family[]> {
  const rows = await db().$queryRaw<{ upstream: string; spent: number; held: number; unsettled: number }[]>`
    select upstream, spent::float8 as spent, held::float8 as held, unsettled::float8 as unsettled from credit_totals()`;
  const samples = rows.flatMap(({ upstream, spent, held, unsettled }) =>
    Object.entries({ spent, held, unsettled }).map(([state, value]) => ({ labels: { upstream, state }, value })),
  );
  const help = "Credits of all teams since the beginning: spent, held by requests under way, waiting to be settled.";
  return [{ name: "nichebook_credits", help, type: "gauge", samples }];
}
