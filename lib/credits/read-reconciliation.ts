import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchEntries, fetchKeyInUse, fetchSpans, toBalanceNow } from "./balance-entries";
import { judgeStatement } from "./reconcile";
import type { Reconciliation } from "./schemas";

/**
 * Stated balances and top-ups of the team's upstream, newest first, each statement with what it says about the time
 * since the one before it with the same key version, and what the balance of the key in use should be now. Credits.
 */
export async function readReconciliation(ctx: TeamContext): Promise<Reconciliation> {
  return withTeam(ctx, "credits:read", async (tx) => {
    const key = await fetchKeyInUse(tx, ctx);
    const entries = await fetchEntries(tx, ctx);
    const spans = await fetchSpans(tx, ctx, { keyInUse: key?.id ?? null, onlyNow: false });
    const last = spans.get("now");
    return {
      upstream: ctx.team.upstream,
      key: key && { id: key.id, lastFour: key.lastFour, since: key.createdAt.toISOString() },
      now: last ? toBalanceNow(last) : null,
      entries: entries.map((entry) => {
        const before = spans.get(entry.id);
        return { ...entry, finding: before ? judgeStatement(before.before, before.span, entry.credits) : null };
      }),
    };
  });
}
