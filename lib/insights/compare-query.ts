import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma } from "@/lib/platform/db";
import type { Compared } from "./compare-schemas";
import { figureColumns } from "./figure-columns";
import { withinSpan } from "./history-query";
import type { HistorySpan } from "./history-span";

type Team = Pick<TeamContext["team"], "id" | "upstream" | "timeZone">;
type ComparedPlace = { categoryId: string; region: string };
export type ComparedRow = {
  nth: number;
  at: string;
  fetched_at: Date;
  window: string;
  value: number | null;
  place: number;
  request_id: string;
};

/** The figure of the row `r`, as a number. */
export const comparedColumn = (metric: Compared): Prisma.Sql =>
  metric === "rank" ? Prisma.sql`r.rank::float8` : figureColumns([metric]);

/**
 * One figure of several series, oldest first, each day or month by its newest answer: of several rows of one moment the
 * one of an unfiltered ranking, then the one that stands first. One statement, each series by its index.
 */
export function compareQuery(
  team: Team,
  places: readonly ComparedPlace[],
  { metric, window }: { metric: Compared; window: string },
  span: HistorySpan,
): Prisma.Sql {
  const day = Prisma.sql`(r.fetched_at at time zone ${team.timeZone})::date`;
  const at = window === "month" ? Prisma.sql`r."window"` : day;
  return Prisma.sql`
    select asked.nth::int, p.at, p.fetched_at, p."window", p.value, p.place, s.request_id
    from unnest(${places.map(({ categoryId }) => categoryId)}::text[], ${places.map(({ region }) => region)}::text[])
        with ordinality as asked (category_id, region, nth)
      cross join lateral (
        select x.at::text, x.snapshot_id, x.fetched_at, x."window", x.value, x.place from (
          select distinct on (at) ${at} as at, r.snapshot_id, r.fetched_at, r."window", r.place,
            ${comparedColumn(metric)} as value
          from ranking_row r
          where r.team_id = ${team.id}::uuid and r.upstream = ${team.upstream ?? ""} and r.category_id = asked.category_id
            and r.region = asked.region and ${withinSpan(team.timeZone, window, span)}
          order by at, r.fetched_at desc, r.rank nulls last, r.position) x) p
      join snapshot s on s.team_id = ${team.id}::uuid and s.id = p.snapshot_id
    order by asked.nth, p.at`;
}
