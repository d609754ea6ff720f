import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { type ComparedRow, compareQuery } from "./compare-query";
import type { CompareInput, Comparison } from "./compare-schemas";
import { historySpan } from "./history-span";
import { indexSeries, isIndexable } from "./index-series";
import { isUnfinished } from "./is-old";
import type { Region } from "./schemas";

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
    const [clock] = await tx.$queryRaw<{ today: string }[]>`
      select (app_now() at time zone ${ctx.team.timeZone})::date::text as today`;
    const span = historySpan(input, clock?.today ?? "");
    const rows = await tx.$queryRaw<ComparedRow[]>(compareQuery(ctx.team, places, input, span));
    const names = await tx.$queryRaw<{ id: string; name: string | null }[]>`
      select c.id, coalesce(n.name, c.name) as name from category c
        left join category_name n on n.team_id = c.team_id and n.upstream = c.upstream and n.category_id = c.id
      where c.team_id = ${ctx.team.id}::uuid and c.upstream = ${ctx.team.upstream ?? ""} and c.id = any(${categories})`;
    const found = places.map((_, index) => rows.filter(({ nth }) => nth === index + 1));
    const indexed = isIndexable(metric) ? indexSeries(found) : null;
    return {
      metric,
      window,
      ...span,
      base: indexed?.base ?? null,
      series: places.map((place, index) => ({
        ...place,
        name: names.find(({ id }) => id === place.categoryId)?.name ?? null,
        base: indexed?.series[index]?.base ?? null,
        points: (found[index] ?? []).map((row, at) => {
          const fetchedAt = row.fetched_at.toISOString();
          return {
            at: row.at,
            fetchedAt,
            value: row.value,
            index: indexed?.series[index]?.values[at] ?? null,
            receiptId: row.request_id,
            place: row.place,
            unfinished: isUnfinished({ window: row.window, fetchedAt }),
          };
        }),
      })),
    };
  });
}
