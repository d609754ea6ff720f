import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchWalls, isAcross, wallsOf } from "./breaks";
import { type ComparedRow, compareQuery } from "./compare-query";
import type { CompareInput, Comparison } from "./compare-schemas";
import { fetchNames, shownName } from "./fetch-names";
import { historySpan } from "./history-span";
import { indexSeries, isIndexable } from "./index-series";
import { isUnfinished } from "./is-old";
import type { Region } from "./schemas";
import { teamToday } from "./team-today";

/**
 * One figure of several categories in a region, or of one category over several regions, side by side and as an index.
 * Never spends; what nothing is stored of is a series without points. @throws `invalid_request` as `readCategoryHistory`
 */
export async function readComparison(ctx: TeamContext, input: CompareInput): Promise<Comparison> {
  const { categories, regions, metric, window } = input;
  const places = categories.flatMap((categoryId) =>
    regions.map((region) => ({ categoryId, region: region as Region })),
  );
  return withTeam(ctx, "insights:read", async (tx) => {
    const span = historySpan(input, await teamToday(tx, ctx));
    const rows = await tx.$queryRaw<ComparedRow[]>(compareQuery(ctx.team, places, input, span));
    const names = await fetchNames(tx, ctx.team, categories);
    const walls = await fetchWalls(tx, ctx.team);
    const found = places.map((_, index) => rows.filter(({ nth }) => nth === index + 1));
    const indexed = isIndexable(metric) ? indexSeries(found) : null;
    return {
      metric,
      window,
      ...span,
      base: indexed?.base ?? null,
      series: places.map((place, index) => ({
        ...place,
        name: shownName(names.get(place.categoryId)),
        base: indexed?.series[index]?.base ?? null,
        points: (found[index] ?? []).map((row, at, all) => {
          const fetchedAt = row.fetched_at.toISOString();
          const between = wallsOf(walls, { region: place.region, window: row.window }, metric);
          const isApart = (other: ComparedRow | undefined) =>
            other !== undefined && isAcross(between, other.fetched_at.getTime(), row.fetched_at.getTime());
          const base = all.find((one) => one.at === indexed?.series[index]?.base);
          return {
            at: row.at,
            fetchedAt,
            value: row.value,
            index: isApart(base) ? null : (indexed?.series[index]?.values[at] ?? null),
            receiptId: row.request_id,
            place: row.place,
            unfinished: isUnfinished({ window: row.window, fetchedAt }),
            notComparable: isApart(all[at - 1]),
          };
        }),
      })),
    };
  });
}
