import "server-only";
import { asTeam } from "@/lib/auth/context";
import { db } from "@/lib/platform/db";

export type LedgerCheck = {
  ok: boolean;
  /** Rows of requests, and of those still under way. */
  requests: number;
  sending: number;
  /** Credits. */
  charged: number;
  unsettled: number;
  problems: { team: string; subject: string; problem: string }[];
};

/**
 * Proves the ledger of one team or of all: each event's hash, the order of events, what requests say against their
 * events, and the counters against the sums. Any single altered row is found.
 */
export async function verifyLedger(input: { teamId?: string } = {}): Promise<LedgerCheck> {
  const teams = await db().$queryRaw<{ team_id: string; slug: string }[]>`select team_id, slug from all_teams()`;
  const check: LedgerCheck = { ok: true, requests: 0, sending: 0, charged: 0, unsettled: 0, problems: [] };
  for (const team of teams) {
    if (input.teamId && team.team_id !== input.teamId) continue;
    await asTeam(team.team_id, async (tx) => {
      const problems = await tx.$queryRaw<{ subject: string; problem: string }[]>`
        select subject, problem from credits_verify(${team.team_id}::uuid)
        union all select subject, problem from audit_verify(${team.team_id}::uuid)`;
      const sums = await tx.creditRequest.groupBy({
        by: ["state"],
        where: { teamId: team.team_id },
        _count: { _all: true },
        _sum: { priceCredits: true },
      });
      for (const sum of sums) {
        check.requests += sum._count._all;
        if (sum.state === "sending") check.sending += sum._count._all;
        if (sum.state === "charged") check.charged += sum._sum.priceCredits ?? 0;
        if (sum.state === "unsettled") check.unsettled += sum._sum.priceCredits ?? 0;
      }
      check.problems.push(...problems.map((found) => ({ team: team.slug, ...found })));
    });
  }
  check.ok = check.problems.length === 0;
  return check;
}
