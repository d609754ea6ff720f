import "server-only";
import { assertAllowed, type TeamContext, withTeam } from "@/lib/auth/context";
import { type MonthlyQuestion, monthOfCategory, monthOfSearch, planMonths } from "./backfill-months";
import type { BackfillCategoryInput, BackfillOrder } from "./backfill-schemas";
import { assertConfirmed } from "./internal";
import type { RunAnswer } from "./schemas";
import { fetchSearch } from "./search-rows";
import { type RunOrder, startRun } from "./start-run";

/**
 * Buys the last calendar months of one category in one region, newest first: a dry run tells the price and the
 * requests, a real one puts them into the queue. A closed month is never bought again, and the first month that the
 * provider has nothing of ends the run. No credit above `maxCredits` (the price of now when left out) is spent.
 * @throws `key_missing`, `conflict` as `runSearch`
 */
export async function backfillCategory(
  ctx: TeamContext,
  categoryId: string,
  { region, ...input }: BackfillCategoryInput,
  idempotencyKey: string | null = null,
): Promise<RunAnswer> {
  assertAllowed(ctx, "insights:buy");
  const target = { searchId: null, category: { id: categoryId, region } };
  return order(monthOfCategory(categoryId, region), ctx, target, input, idempotencyKey);
}

/** The same for each page of a saved search's question, in whose depth. @throws `not_found`, else as `backfillCategory` */
export async function backfillSearch(
  ctx: TeamContext,
  id: string,
  input: BackfillOrder,
  idempotencyKey: string | null = null,
): Promise<RunAnswer> {
  const search = await withTeam(ctx, "insights:buy", (tx) => fetchSearch(tx, ctx, id));
  return order(monthOfSearch(search), ctx, { searchId: search.id }, input, idempotencyKey);
}

async function order(
  questionsIn: MonthlyQuestion,
  ctx: TeamContext,
  target: Pick<RunOrder, "searchId" | "category">,
  input: BackfillOrder,
  idempotencyKey: string | null,
): Promise<RunAnswer> {
  const planned = await planMonths(questionsIn, ctx, input.months);
  const plans = planned.filter(({ isRunning }) => input.running || !isRunning);
  const credits = plans.reduce((sum, plan) => sum + plan.credits, 0);
  if (input.dryRun) {
    return {
      credits,
      requests: plans
        .flatMap(({ bought }) => bought)
        .map(({ category, q, ...asked }) => ({ ...asked, category: category ?? null, q: q ?? null })),
    };
  }
  const { confirmed = false, ...body } = input;
  const maxCredits = input.maxCredits ?? credits;
  await assertConfirmed(ctx, Math.min(credits, maxCredits), confirmed);
  const run = await startRun(ctx, {
    kind: "backfill",
    watchlistId: null,
    ...target,
    questions: plans.flatMap(({ questions }) => questions),
    maxAgeMinutes: ctx.team.freshnessMinutes,
    maxCredits,
    body,
    idempotencyKey,
  });
  return { runId: run.id };
}
