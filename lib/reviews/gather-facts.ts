import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { readSummary } from "@/lib/credits/read-summary";
import { dayNumber, dayOfNumber } from "@/lib/insights/day-points";
import { appNow } from "@/lib/platform/clock";
import { isoDate } from "@/lib/platform/format/date";
import { movementsInputSchema } from "@/lib/tracking/movement-schemas";
import { readMovements } from "@/lib/tracking/read-movements";
import type { ReviewFacts } from "./schemas";

const METRIC = "posts";
/** A mail that one reads to its end. */
const MOST_MOVES = 12;
const WEEK_DAYS = 7;

/** What a review of the last seven days tells as of now. @param ctx of somebody who sees what the whole team spent */
export async function gatherFacts(ctx: TeamContext): Promise<ReviewFacts> {
  const to = isoDate(await appNow(), ctx.team.timeZone);
  const from = dayOfNumber(dayNumber(to) - WEEK_DAYS + 1);
  const [moved, spent] = await Promise.all([
    readMovements(ctx, movementsInputSchema.parse({ metric: METRIC, against: "week" })),
    readSummary(ctx, { from, to }),
  ]);
  const { up, down, new: arrived, gone } = moved.counts;
  return {
    from,
    to,
    window: moved.window,
    metric: METRIC,
    counts: { up, down, new: arrived, gone },
    held: moved.held,
    moves: moved.items.slice(0, MOST_MOVES).flatMap(({ kind, before, after, change, ...item }) =>
      kind === "same"
        ? []
        : {
            categoryId: item.categoryId,
            categoryName: item.name,
            region: item.region,
            kind,
            before: before && { value: before.value, fetchedAt: before.fetchedAt },
            after: after && { value: after.value, fetchedAt: after.fetchedAt },
            change,
          },
    ),
    spentCredits: spent.spent,
    heldCredits: spent.held,
  };
}
