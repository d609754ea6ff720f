import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import type { Region } from "./schemas";

/** Popularity and rank of one category by calendar months, oldest first; null where its answer gave none. */
export type MonthlySeries = {
  month: string;
  posts: number | null;
  rank: number | null;
  fetchedAt: string;
  /** The answer that it is of. */
  snapshotId: string;
}[];

/** The joined calendar months of many categories in one region, each month by its newest answer. Never spends. */
export async function readMonthlySeries(
  ctx: TeamContext,
  asked: { region: Region; months: readonly string[]; categoryIds: readonly string[] },
): Promise<Map<string, MonthlySeries>> {
  return withTeam(ctx, "insights:read", async (tx) => {
    type Row = Omit<MonthlySeries[number], "fetchedAt"> & { category_id: string; fetchedAt: Date };
    const rows = await tx.$queryRaw<Row[]>`
      select asked.id as category_id, p.*
      from unnest(${[...new Set(asked.categoryIds)]}::text[]) as asked (id) cross join lateral (
        select distinct on (r."window") r."window" as month, r.posts::float8 as posts, r.rank,
          r.fetched_at as "fetchedAt", r.snapshot_id as "snapshotId"
        from ranking_row r
        where r.team_id = ${ctx.team.id}::uuid and r.upstream = ${ctx.team.upstream ?? ""} and r.category_id = asked.id
          and r.region = ${asked.region} and r."window" = any(${[...asked.months]}::text[])
        order by r."window", r.fetched_at desc, r.rank nulls last, r.position) p
      order by p.month`;
    const series = new Map<string, MonthlySeries>();
    for (const { category_id, fetchedAt, ...point } of rows) {
      series.set(category_id, [...(series.get(category_id) ?? []), { ...point, fetchedAt: fetchedAt.toISOString() }]);
    }
    return series;
  });
}
