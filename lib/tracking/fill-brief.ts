import "server-only";
import { assertAllowed, type TeamContext } from "@/lib/auth/context";
import type { FillBriefInput } from "./brief-schemas";
import { assertConfirmed } from "./internal";
import { readBriefNeeds } from "./read-brief-needs";
import type { RunAnswer } from "./schemas";
import { startRun } from "./start-run";

/**
 * Buys what the brief of a category lacks: a dry run tells the price and the requests, a real one puts them into the
 * queue. No credit above `maxCredits` (the price of now when left out) is spent.
 * @throws `key_missing`, `conflict` as `runSearch`
 */
export async function fillBrief(
  ctx: TeamContext,
  categoryId: string,
  input: FillBriefInput,
  idempotencyKey: string | null = null,
): Promise<RunAnswer> {
  assertAllowed(ctx, "insights:buy");
  const { credits, requests } = await readBriefNeeds(ctx, categoryId, input);
  if (input.dryRun) return { credits, requests };
  const { confirmed = false, ...body } = input;
  const maxCredits = input.maxCredits ?? credits;
  await assertConfirmed(ctx, Math.min(credits, maxCredits), confirmed);
  const run = await startRun(ctx, {
    kind: "brief",
    searchId: null,
    watchlistId: null,
    category: { id: categoryId, region: input.region },
    questions: requests.map(({ category, q, ...asked }) => ({
      ...asked,
      category: category ?? undefined,
      q: q ?? undefined,
    })),
    maxAgeMinutes: ctx.team.freshnessMinutes,
    maxCredits,
    body,
    idempotencyKey,
  });
  return { runId: run.id };
}
