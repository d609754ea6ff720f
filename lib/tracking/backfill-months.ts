import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { type Freshness, readFreshness } from "@/lib/insights/read-freshness";
import { type Question, questionSchema, type Region } from "@/lib/insights/schemas";
import { appNow } from "@/lib/platform/clock";
import { closedMonths } from "@/lib/platform/format/date";
import { type MonthPlan, planBackfill } from "./plan-backfill";
import { type Asking, questionsOf } from "./search-rows";

/** What a backfill is of: its questions within one month, page by page. */
export type MonthlyQuestion = (month: string) => Question[];

export const monthOfCategory =
  (category: string, region: Region): MonthlyQuestion =>
  (window) => [questionSchema.parse({ region, window, category })];

export const monthOfSearch =
  (search: Asking): MonthlyQuestion =>
  (window) =>
    questionsOf({ ...search, window });

export type PlannedMonth = MonthPlan & { isRunning: boolean; stored: Freshness[] };

/** The running month and so many that have ended, newest first, each with what a backfill would ask. Never spends. */
export async function planMonths(
  questionsIn: MonthlyQuestion,
  ctx: TeamContext,
  count: number,
): Promise<PlannedMonth[]> {
  const now = await appNow();
  // Months end as the ledger counts them: in UTC.
  const months = [now.toISOString().slice(0, 7), ...closedMonths(now, count, "UTC")];
  const questions = months.map(questionsIn);
  const pages = await readFreshness(ctx, questions.flat(), ctx.team.freshnessMinutes);
  const depth = questions[0]?.length ?? 0;
  const stock = months.map((month, index) => ({ month, pages: pages.slice(index * depth, (index + 1) * depth) }));
  return planBackfill(stock).map((plan, index) => ({ ...plan, isRunning: index === 0 }));
}
