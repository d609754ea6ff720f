import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Region } from "@/lib/insights/schemas";
import { Prisma } from "@/lib/platform/db";
import { type MonthlyQuestion, monthOfCategory, monthOfSearch, planMonths } from "./backfill-months";
import { type Backfill, MOST_MONTHS } from "./backfill-schemas";
import { fetchRuns } from "./internal";
import { fetchSearch } from "./search-rows";

/** What is stored of a category's past by months, what each would cost, and how the newest backfill stands. */
export async function readCategoryBackfill(ctx: TeamContext, categoryId: string, region: Region): Promise<Backfill> {
  return read(
    monthOfCategory(categoryId, region),
    ctx,
    Prisma.sql`r.category_id = ${categoryId} and r.region = ${region}`,
  );
}

/** The same of a saved search, over all its pages. @throws `not_found` */
export async function readSearchBackfill(ctx: TeamContext, searchId: string): Promise<Backfill> {
  const search = await withTeam(ctx, "tracking:read", (tx) => fetchSearch(tx, ctx, searchId));
  return read(monthOfSearch(search), ctx, Prisma.sql`r.search_id = ${search.id}::uuid`);
}

async function read(questionsIn: MonthlyQuestion, ctx: TeamContext, of: Prisma.Sql): Promise<Backfill> {
  const where = Prisma.sql`r.kind = 'backfill' and r.upstream = ${ctx.team.upstream ?? ""} and ${of}`;
  const [months, runs] = await Promise.all([
    planMonths(questionsIn, ctx, MOST_MONTHS),
    withTeam(ctx, "tracking:read", (tx) => fetchRuns(tx, ctx, where, 1)),
  ]);
  return {
    months: months.map(({ month, questions, stored, credits, isRunning, isEnd }) => {
      const fetched = stored.flatMap(({ fetchedAt }) => fetchedAt ?? []).sort((a, b) => Number(a) - Number(b));
      return {
        month,
        pages: questions.length,
        storedPages: stored.length,
        oldestFetchedAt: fetched[0]?.toISOString() ?? null,
        total: stored.findLast(({ total }) => total !== null)?.total ?? null,
        credits,
        isRunning,
        isEnd,
      };
    }),
    lastRun: runs[0] ?? null,
  };
}
