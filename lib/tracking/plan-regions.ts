import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { readFreshness } from "@/lib/insights/read-freshness";
import { PRICE_CREDITS, type Question } from "@/lib/insights/schemas";
import type { RegionsTarget } from "./regions-schemas";

/** A category's own request in each of these regions; what is fresh costs nothing, also where it holds nothing. */
export async function planRegions(
  asker: TeamContext,
  category: string,
  { regions, window }: RegionsTarget,
  maxAgeMinutes = asker.team.freshnessMinutes,
): Promise<{ questions: Question[]; bought: Question[]; credits: number }> {
  const questions = regions.map((region) => ({ region, window, category, q: undefined, page: 1 }));
  const stored = await readFreshness(asker, questions, maxAgeMinutes);
  const bought = stored.flatMap(({ fresh, question }) => (fresh ? [] : question));
  return { questions, bought, credits: bought.length * PRICE_CREDITS };
}
