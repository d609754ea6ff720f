import "server-only";
import { type TeamContext, withTeamLookups } from "@/lib/auth/context";
import { fetchWalls, heldBetween, type Wall } from "./breaks";
import { type HistoryRow, historyQuery, MOST_POINTS } from "./history-query";
import type { CategoryHistory, HistoryInput, HistoryPoint } from "./history-schemas";
import { historySpan } from "./history-span";
import { isUnfinished } from "./is-old";
import { METRICS, type Metric } from "./schemas";
import { teamToday } from "./team-today";

/**
 * The stored figures of one category in one region and window, oldest first: a point for each moment at which an answer
 * held it, or for `month` one for each calendar month, from its newest answer. Ranks are of unfiltered rankings only.
 * Never spends; what nothing is stored of has no points. @throws `invalid_request` for days reversed or too many
 */
export async function readCategoryHistory(
  ctx: TeamContext,
  categoryId: string,
  input: HistoryInput,
): Promise<CategoryHistory> {
  const { region, window } = input;
  return withTeamLookups(ctx, "insights:read", async (tx) => {
    // Only a span without an end ends today.
    const span = historySpan(input, input.to ?? (await teamToday(tx, ctx)));
    const [rows, allWalls] = await Promise.all([
      tx.$queryRaw<HistoryRow[]>(historyQuery(ctx.team, categoryId, input, span)),
      fetchWalls(tx, ctx.team),
    ]);
    const walls = allWalls.filter((wall) => wall.region === region);
    const points = rows.slice(0, MOST_POINTS).reverse().map(toPoint);
    return {
      ...{ categoryId, region, window, ...span },
      points: points.map(withRepeats).map((point, index, all) => withWalls(point, all[index - 1], region, walls)),
      cut: rows.length > MOST_POINTS,
    };
  });
}

type Figures = Record<Metric, number | null>;
type Fetched = Omit<HistoryPoint, "notUpdated" | "notComparable">;
type Repeated = Omit<HistoryPoint, "notComparable">;

function toPoint(row: HistoryRow): Fetched {
  const answer = { window: row.window, fetchedAt: row.fetched_at.toISOString() };
  return {
    ...answer,
    rank: row.rank,
    ...(Object.fromEntries(METRICS.map((metric, index) => [metric, row.figures[index] ?? null])) as Figures),
    receiptId: row.request_id,
    place: row.place,
    unfinished: isUnfinished(answer),
  };
}

/** Two answers to the same question with the same figures; two months that are alike are two months. */
function withRepeats(point: Fetched, index: number, all: Fetched[]): Repeated {
  const before = all[index - 1];
  const isRepeat = before?.window === point.window && METRICS.every((metric) => before[metric] === point[metric]);
  return { ...point, notUpdated: isRepeat };
}

function withWalls(
  point: Repeated,
  before: Repeated | undefined,
  region: string,
  walls: readonly Wall[],
): HistoryPoint {
  const place = { region, window: point.window };
  return {
    ...point,
    notComparable: before ? [...heldBetween(walls, place, before.fetchedAt, point.fetchedAt)] : [],
  };
}
