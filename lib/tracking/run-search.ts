import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { readFreshness } from "@/lib/insights/read-freshness";
import { assertConfirmed } from "./internal";
import { planSearch } from "./plan-search";
import type { RunAnswer, RunOrderInput } from "./schemas";
import { fetchSearch, questionsOf } from "./search-rows";
import { startRun } from "./start-run";

/**
 * Renews a search: a dry run tells its price and its requests, a real one puts them into the queue. Only pages that
 * are not fresh are bought, and no credit above `maxCredits` (the price of now when left out) is spent.
 * @throws `not_found`, `key_missing`, `conflict` when the Idempotency-Key was used with another body, or with reason
 * `confirm_needed` when the team wants such a price confirmed
 */
export async function runSearch(
  ctx: TeamContext,
  id: string,
  input: RunOrderInput,
  idempotencyKey: string | null = null,
): Promise<RunAnswer> {
  const search = await withTeam(ctx, "insights:buy", (tx) => fetchSearch(tx, ctx, id));
  const maxAgeMinutes = input.maxAgeMinutes ?? ctx.team.freshnessMinutes;
  const plan = planSearch(await readFreshness(ctx, questionsOf(search), maxAgeMinutes));
  if (input.dryRun) {
    return {
      credits: plan.credits,
      requests: plan.bought.map(({ region, window, category, q, page }) => ({
        region,
        window,
        category: category ?? null,
        q: q ?? null,
        page,
      })),
    };
  }
  const { confirmed = false, ...body } = input;
  const maxCredits = input.maxCredits ?? plan.credits;
  await assertConfirmed(ctx, Math.min(plan.credits, maxCredits), confirmed);
  const run = await startRun(ctx, {
    kind: "search",
    searchId: search.id,
    watchlistId: null,
    questions: plan.questions,
    maxAgeMinutes,
    maxCredits,
    body,
    idempotencyKey,
  });
  return { runId: run.id };
}
