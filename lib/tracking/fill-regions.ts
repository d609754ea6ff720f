import "server-only";
import { assertAllowed, type TeamContext } from "@/lib/auth/context";
import { assertConfirmed } from "./internal";
import { planRegions } from "./plan-regions";
import type { FillRegionsInput } from "./regions-schemas";
import type { RunAnswer } from "./schemas";
import { startRun } from "./start-run";

/**
 * Asks for one category in several regions: a dry run tells the price and the requests, a real one puts them into the
 * queue. No credit above `maxCredits` (the price of now when left out) is spent. @throws as `runSearch`
 */
export async function fillRegions(
  ctx: TeamContext,
  categoryId: string,
  input: FillRegionsInput,
  idempotencyKey: string | null = null,
): Promise<RunAnswer> {
  assertAllowed(ctx, "insights:buy");
  const maxAgeMinutes = input.maxAgeMinutes ?? ctx.team.freshnessMinutes;
  const { questions, bought, credits } = await planRegions(ctx, categoryId, input, maxAgeMinutes);
  if (input.dryRun) {
    return { credits, requests: bought.map((question) => ({ ...question, category: categoryId, q: null })) };
  }
  const { confirmed = false, ...body } = input;
  const maxCredits = input.maxCredits ?? credits;
  await assertConfirmed(ctx, Math.min(credits, maxCredits), confirmed);
  const run = await startRun(ctx, {
    kind: "regions",
    searchId: null,
    watchlistId: null,
    category: { id: categoryId, region: null },
    questions,
    maxAgeMinutes,
    maxCredits,
    body,
    idempotencyKey,
  });
  return { runId: run.id };
}
