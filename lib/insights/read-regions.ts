import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import { fetchWalls, isAcross, wallsOf } from "./breaks";
import { comparedColumn } from "./compare-query";
import type { Compared } from "./compare-schemas";
import { monthNumber, monthOfNumber } from "./day-points";
import type { Region } from "./schemas";

/** One figure of a category in a region, and a whole window earlier. */
type RegionFigure = {
  region: Region;
  value: number | null;
  fetchedAt: string;
  receiptId: string;
  place: number;
  /** Without a value where the provider changed its answers in between. */
  before: { value: number | null; fetchedAt: string } | null;
};

export type RegionsOfCategory = {
  items: RegionFigure[];
  /** Where the team has stored something, but nothing of this category in this window. */
  holes: Region[];
};

type Row = {
  region: Region;
  value: number | null;
  fetched_at: Date | null;
  request_id: string;
  place: number;
  was: number | null;
  was_at: Date | null;
};

/**
 * The newest stored figure of a category in every region that the team has anything of, in one window: rolling days or
 * one calendar month, against a whole window before or the month before. Never spends.
 */
export async function readRegions(
  ctx: TeamContext,
  categoryId: string,
  { metric, window }: { metric: Compared; window: string },
): Promise<RegionsOfCategory> {
  const { id, upstream, timeZone } = ctx.team;
  const own = Prisma.sql`r.team_id = ${id}::uuid and r.upstream = ${upstream ?? ""} and r.category_id = ${categoryId}
    and r.region = known.region`;
  const newest = Prisma.sql`order by r.fetched_at desc, r.rank nulls last, r.position limit 1`;
  const earlier = window.includes("-")
    ? Prisma.sql`r."window" = ${monthOfNumber(monthNumber(window) - 1)}`
    : Prisma.sql`r."window" = ${window} and r.fetched_at <
        ((now.fetched_at at time zone ${timeZone})::date - ${Number(window) - 1}::int)::timestamp at time zone ${timeZone}`;
  return withTeam(ctx, "insights:read", async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select known.region, now.value, now.fetched_at, s.request_id, now.place, was.value as was, was.fetched_at as was_at
      from (select distinct region from snapshot where team_id = ${id}::uuid and upstream = ${upstream ?? ""}) known
        left join lateral (
          select r.snapshot_id, r.fetched_at, r.place, ${comparedColumn(metric)} as value from ranking_row r
          where ${own} and r."window" = ${window} ${newest}) now on true
        left join snapshot s on s.team_id = ${id}::uuid and s.id = now.snapshot_id
        left join lateral (
          select r.fetched_at, ${comparedColumn(metric)} as value from ranking_row r
          where ${own} and ${earlier} ${newest}) was on now.fetched_at is not null
      order by known.region`;
    const walls = await fetchWalls(tx, ctx.team);
    const isHeld = (region: string, one: Date, other: Date) =>
      isAcross(wallsOf(walls, { region, window }, metric), one.getTime(), other.getTime());
    return {
      items: rows.flatMap(({ fetched_at: at, was_at: wasAt, ...row }) =>
        at === null
          ? []
          : {
              region: row.region,
              value: row.value,
              fetchedAt: at.toISOString(),
              receiptId: row.request_id,
              place: row.place,
              before:
                wasAt === null
                  ? null
                  : { value: isHeld(row.region, wasAt, at) ? null : row.was, fetchedAt: wasAt.toISOString() },
            },
      ),
      holes: rows.flatMap(({ region, fetched_at: at }) => (at === null ? [region] : [])),
    };
  });
}
