import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { PRICE_CREDITS, type Question, type Region } from "@/lib/insights/schemas";
import { appNow } from "@/lib/platform/clock";
import { Prisma } from "@/lib/platform/db";
import { closedMonths } from "@/lib/platform/format/date";
import type { BriefNeeds, BriefPlace } from "./brief-schemas";
import { assertLearned, fetchRuns } from "./internal";
import { BRIEF_MONTHS, briefQuestions, briefTargets } from "./plan-brief";
import { fetchRefreshFacts } from "./refresh-facts";

/**
 * What the brief of a category lacks, and what it costs now: exactly what `fillBrief` would ask. Never spends.
 * @throws `not_found` for a category that no answer ever held; `key_missing`
 */
export async function readBriefNeeds(ctx: TeamContext, categoryId: string, place: BriefPlace): Promise<BriefNeeds> {
  return withTeam(ctx, "tracking:read", async (tx) => {
    const upstream = await assertLearned(tx, ctx, categoryId);
    const askedAt = await appNow(tx);
    const known = await tx.$queryRaw<{ region: Region }[]>`
      select distinct region from snapshot where team_id = ${ctx.team.id}::uuid and upstream = ${upstream} order by 1`;
    const regions = known.map(({ region }) => region);
    // Months end as the ledger counts them: in UTC.
    const targets = briefTargets(categoryId, place, regions, closedMonths(askedAt, BRIEF_MONTHS, "UTC"));
    const accepted = { askedAt, maxAgeMinutes: ctx.team.freshnessMinutes };
    const { items } = await fetchRefreshFacts(tx, ctx.team, targets, accepted);
    const questions = briefQuestions(items);
    const ofThis = Prisma.sql`
      r.kind = 'brief' and r.category_id = ${categoryId} and r.region = ${place.region} and r.upstream = ${upstream}`;
    const [lastRun = null] = await fetchRuns(tx, ctx, ofThis, 1);
    return {
      credits: questions.length * PRICE_CREDITS,
      requests: questions.map(toRequest),
      total: targets.length,
      fresh: targets.length - questions.length,
      lastRun,
    };
  });
}

const toRequest = ({ category, q, ...asked }: Question) => ({ ...asked, category: category ?? null, q: q ?? null });
