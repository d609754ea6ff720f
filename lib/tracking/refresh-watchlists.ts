import "server-only";
import { assertAllowed, type TeamContext } from "@/lib/auth/context";
import { assertConfirmed } from "./internal";
import { prepareRefresh } from "./prepare-refresh";
import { readRefresh } from "./read-refresh";
import { refreshOrder } from "./refresh-order";
import type { RefreshAnswer, RefreshTargetInput, RunOrderInput } from "./schemas";
import { startRun } from "./start-run";

/**
 * Renews lists, and searches with them, by the cheapest requests: a dry run tells them and their price, a real one puts
 * them into the queue, where each answer plans anew what is still to ask. No credit above `maxCredits` (the price of now
 * when left out) is spent, nor above what asking one by one would cost.
 * @throws `not_found`, `key_missing`, `conflict` when the Idempotency-Key was used with another body, or with reason
 * `confirm_needed` when the team wants such a price confirmed
 */
export async function refreshWatchlists(
  ctx: TeamContext,
  target: RefreshTargetInput,
  input: RunOrderInput,
  idempotencyKey: string | null = null,
): Promise<RefreshAnswer> {
  assertAllowed(ctx, "insights:buy");
  const { dryRun, confirmed = false, ...order } = input;
  const { maxAgeMinutes = ctx.team.freshnessMinutes, maxCredits } = order;
  if (dryRun) return readRefresh(ctx, target, { maxAgeMinutes, ...(maxCredits === undefined ? {} : { maxCredits }) });
  const prepared = await prepareRefresh(ctx, target, { maxAgeMinutes, maxCredits });
  const most = Math.min(maxCredits ?? prepared.credits, prepared.oneByOneCredits);
  await assertConfirmed(ctx, most, confirmed);
  const [onlyList] = target.watchlists;
  const watchlistId = target.watchlists.length === 1 && target.searches.length === 0 ? (onlyList ?? null) : null;
  const run = await startRun(ctx, {
    ...refreshOrder(prepared, watchlistId),
    ...(watchlistId === null ? { covers: target } : {}),
    maxAgeMinutes,
    maxCredits: most,
    body: { ...order, ...(watchlistId === null ? target : {}) },
    idempotencyKey,
  });
  return { runId: run.id };
}
