import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { readFreshness } from "@/lib/insights/read-freshness";
import { PRICE_CREDITS, type Question, regionSchema } from "@/lib/insights/schemas";
import { appNow } from "@/lib/platform/clock";
import { sourceQuestions } from "./plan-source-check";
import { SOURCE_MAX_AGE_MINUTES } from "./source-check-schemas";

/** What a check of the source would ask now, and what of it is not stored of this hour. Never spends. */
export async function readSourcePlan(
  ctx: TeamContext,
): Promise<{ questions: Question[]; bought: Question[]; credits: number }> {
  const now = await withTeam(ctx, "key:read", (tx) => appNow(tx));
  const preferred = regionSchema.catch("US").parse(ctx.team.defaultRegion);
  const questions = sourceQuestions(now, preferred);
  const stored = await readFreshness(ctx, questions, SOURCE_MAX_AGE_MINUTES);
  const bought = stored.flatMap(({ fresh, question }) => (fresh ? [] : question));
  return { questions, bought, credits: bought.length * PRICE_CREDITS };
}
